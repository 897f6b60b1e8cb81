// Next runs this before any module of a page. zod would otherwise try `new Function` when the first schema is made, which the content
// security policy forbids and reports. It reads this global, which its copies share; `config()` of zod would do the same and bring zod to
// every page, also to those without a schema. The browser tests fail at the first report, should a later zod look elsewhere.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

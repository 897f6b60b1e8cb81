-- AlterTable
ALTER TABLE "user" ADD COLUMN "clock_style" TEXT NOT NULL DEFAULT '24h',
ADD COLUMN "first_weekday" SMALLINT NOT NULL DEFAULT 1,
ADD COLUMN "single_keys" BOOLEAN NOT NULL DEFAULT true;

ALTER TABLE "user"
  ADD CONSTRAINT user_clock_style CHECK (clock_style IN ('24h', '12h')),
  ADD CONSTRAINT user_first_weekday CHECK (first_weekday IN (0, 1, 6));

import { minuteOf, scatter, startOfMinute } from "./sample-numbers";

const PRODUCTS = 60;
const PER_PAGE = 20;

const KINDS = ["milk", "butter", "yoghurt", "quark", "cheddar", "gouda", "cream", "kefir", "ricotta", "whey"] as const;
const MAKES = ["Fresh", "Organic", "Salted", "Goat", "Aged", "Light"] as const;

interface Product {
  sku: string;
  name: string;
  /** In cents. */
  price: number;
  stock: number;
  updatedAt: string;
}

function productAt(number: number, minute: number): Product {
  // Each product changes at its own pace, every 2 to 11 minutes, so that some change in any minute and most stay.
  const pace = 2 + scatter(10, number, 1);
  const change = Math.floor((minute + number) / pace);
  return {
    sku: `MR-${String(1000 + number)}`,
    name: `${MAKES[Math.floor(number / KINDS.length) % MAKES.length]} ${KINDS[number % KINDS.length]}`,
    price: 100 + scatter(900, number, 2) + scatter(30, number, change, 3),
    stock: scatter(200, number, change, 4),
    updatedAt: startOfMinute(change * pace - number).toISOString(),
  };
}

/** A JSON API with 60 products in pages of 20 (`?page=1` to 3, empty after that) whose prices and stock change by the minute. */
export function renderStock(at: Date, page: string | null): string {
  const pageNumber = page === null ? 1 : Number(page);
  const start = Number.isInteger(pageNumber) && pageNumber >= 1 ? (pageNumber - 1) * PER_PAGE : PRODUCTS;
  const numbers = Array.from({ length: Math.max(0, Math.min(PER_PAGE, PRODUCTS - start)) }, (_, index) => start + index);
  const products = numbers.map((number) => productAt(number, minuteOf(at)));
  return `${JSON.stringify({ page: pageNumber, pages: PRODUCTS / PER_PAGE, products }, null, 2)}\n`;
}

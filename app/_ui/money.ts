/** An amount in the currency that a person has entered: by its sign where the browser knows the code, else with the word behind it. */
export function money(amount: number, currency: string, locale: string): string {
  const digits = amount === 0 || Math.abs(amount) >= 100 ? 2 : Math.abs(amount) >= 0.1 ? 3 : 5
  const parts = { minimumFractionDigits: 2, maximumFractionDigits: digits }
  if (/^[A-Z]{3}$/.test(currency)) return new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...parts }).format(amount)
  return `${new Intl.NumberFormat(locale, parts).format(amount)} ${currency}`
}

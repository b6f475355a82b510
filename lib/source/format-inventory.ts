/** An inventory as text for people. */

import { sanitizeLine } from '../stage/index.js'
import type { FormatInventory, Inventory } from './inventory.js'

/**
 * The total, then one block per format that has files:
 *
 *     Total files analyzed: 101
 *
 *     CSV Files (28)
 *       - reports/gemma3/baseline.csv
 *       ... and 23 more
 *       Total size: 88.3 kB
 *       Latest modified: 2025-11-14 18:53:30 UTC
 *
 * @returns text that ends with a line break
 */
export function formatInventory(inventory: Inventory): string {
  const blocks = [`Total files analyzed: ${inventory.files}`, ...inventory.formats.map(formatBlock)]
  return `${blocks.join('\n\n')}\n`
}

function formatBlock({ format, files, bytes, first, modified }: FormatInventory): string {
  const more = files - first.length
  return [
    `${format?.toUpperCase() ?? 'OTHER'} Files (${files})`,
    ...first.map((name) => `  - ${sanitizeLine(name)}`),
    ...(more > 0 ? [`  ... and ${more} more`] : []),
    ...(bytes === undefined ? [] : [`  Total size: ${formatBytes(bytes)}`]),
    ...(modified ? [`  Latest modified: ${formatDate(modified)}`] : []),
  ].join('\n')
}

/** `2025-11-14 18:53:30 UTC` */
export function formatDate(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** Decimal: `88.3 kB` is 88,300 bytes, give or take the rounding. */
export function formatBytes(bytes: number): string {
  let size = bytes
  for (const unit of ['B', 'kB', 'MB', 'GB']) {
    // Compared as shown, so that 999,950 bytes are `1.0 MB` and not `1000.0 kB`.
    if (Number(size.toFixed(1)) < 1000) return `${unit === 'B' ? size : size.toFixed(1)} ${unit}`
    size /= 1000
  }
  return `${size.toFixed(1)} TB`
}

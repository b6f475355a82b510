export type { Artifact, FormatName } from './artifact.js'
export { artifacts, type ArtifactsOptions } from './artifacts.js'
export { formatInventory } from './format-inventory.js'
export {
  countInventory,
  inventory,
  inventoryLines,
  type FormatInventory,
  type Inventory,
  type InventoryCounter,
  type InventoryFile,
} from './inventory.js'

/** What the folders of a file say of the runs in it: `model=ada/bs=8/`, `20250102-030405/`, `llama3_8b/fp16/`, criterion's `<id>/new/`. */

import { attributeKey, attributeValue, setAttribute, type Attributes } from './attributes.js'
import type { AttributeValue } from './metric-record.js'
import { settingIn } from './wide.js'

/** Folders looked at, from the file outward; those further out belong to the project, not to the run. */
const FOLDERS = 5
const LONGEST = 120

/** Nearest first; only what has a plain form of its own. A folder called `results` or `data` says nothing. */
export function pathAttributes(file: string): Attributes {
  const attributes: Record<string, AttributeValue> = {}
  const steps = file.split(/[\\/]+/).filter((step) => step !== '' && step !== '.' && step !== '..')
  const name = steps.pop() ?? ''
  const benchmark = criterionId(steps, name)
  if (benchmark) for (const [key, value] of Object.entries(benchmark)) setAttribute(attributes, key, value)
  const stem = name.replace(/(?:\.(?:csv|tsv|json|jsonl|ndjson|md|txt|log|gz|zst))+$/i, '')
  for (const step of [stem, ...steps.slice(-FOLDERS).reverse()]) {
    if (step.length > LONGEST) continue
    for (const [key, value] of told(step, step === stem)) setAttribute(attributes, key, value)
  }
  return attributes
}

const TIME = /^(?:runs?[-_])?\d{4}-?\d{2}-?\d{2}(?:[-_T ]?\d{2}[-_:h.]?\d{2}(?:[-_:m.]?\d{2})?s?Z?)?$/
const COUNTED = /^(run|trial|seed|rep|repeat|repetition|iteration|iter|round|attempt)[-_ ]?(\d{1,9})$/i
const PRECISION = /^(?:fp(?:4|8|16|32|64)|bf16|tf32|int[48]|nf4|w\d+a\d+|q\d_(?:\d|k)(?:_[sml])?|awq|gptq|half|float(?:16|32))$/i
const MODEL = /^(?:[\w.]+[-_]{1,2})?(?:llama|gemma|qwen|mistral|mixtral|phi|gpt|opt|bloom|falcon|deepseek|yi|vicuna|starcoder|internlm|chatglm|glm|mpt|pythia|olmo|stablelm)[\w.-]*?[-_.:]?\d+(?:\.\d+)?[bm](?![a-z])[\w.-]*$/i
const GPU = /^(?:\d+x)?(?:nvidia[-_])?(?:a(?:2|10g?|16|30|40|100|800|2000|[45]000|6000)|b[123]00|h(?:20|100|200|800)|l(?:4|20|40s?)|p(?:4|40|100)|v100s?|k80|rtx[-_]?\d{4}(?:ti|super)?|gtx[-_]?\d{4}(?:ti)?|mi\d{2,3}x?|t4|gh200)(?:[-_](?:pcie|sxm\d?|\d+gb))*$/i

function told(step: string, isStem: boolean): readonly (readonly [string, AttributeValue])[] {
  if (step.includes('=')) return pairsIn(step)
  const counted = COUNTED.exec(step)
  if (counted) return [[attributeKey(counted[1] ?? ''), Number(counted[2])]]
  const setting = settingIn(step)
  if (setting) return [setting]
  // A file is often named after its tool or its day; its folders are named after the run.
  if (isStem) return []
  if (TIME.test(step)) return [['run', step]]
  if (PRECISION.test(step)) return [['precision', step]]
  if (MODEL.test(step)) return [['model', step]]
  return GPU.test(step) ? [['gpu', step]] : []
}

/** `model=ada,bs=8`, `bs=8_ctx=512`: nothing where a part of it is no pair. */
function pairsIn(step: string): readonly (readonly [string, AttributeValue])[] {
  const parts = step.split(/[,;&+]|__?(?=[A-Za-z][A-Za-z0-9.-]*=)/)
  const pairs = parts.flatMap((part): (readonly [string, AttributeValue])[] => {
    const [, key, text] = /^([A-Za-z][\w.-]{0,40})=([^=]{1,60})$/.exec(part.trim()) ?? []
    const value = text === undefined ? undefined : attributeValue(text)
    return key === undefined || value === undefined ? [] : [[attributeKey(key), value]]
  })
  return pairs.length === parts.length ? pairs : []
}

/** `target/criterion/<group>/<id>/new/estimates.json`: the folders between are the benchmark's name. */
function criterionId(steps: readonly string[], name: string): Attributes | undefined {
  const run = steps.at(-1) ?? ''
  if (!/^(?:estimates|sample|benchmark|tukey)\.json$/.test(name) || !/^(?:new|base|change)$/.test(run)) return undefined
  const from = steps.lastIndexOf('criterion')
  const id = steps.slice(from < 0 ? -2 : from + 1, -1).join('/')
  return id === '' ? undefined : { benchmark: id, run }
}

/** Setting or result? What a name alone says about the part its values play. */

import { ENDPOINT, type NameReading } from './names.js'
import { isKnownMetric } from './vocabulary.js'

/**
 * - `attribute`: a setting, an id, a size of the experiment, a fact about machine or data: explains the records beside it.
 * - `note`: prose for people, or generated text: kept nowhere.
 * - `result`: named like something measured. `unknown`: the values must tell.
 */
export type NameRole = 'time' | 'error' | 'success' | 'unit' | 'attribute' | 'note' | 'result' | 'unknown'

const TIME = /^(?:timestamp|time_stamp|datetime|date_time|date|ts|start_time|started|started_at|end_time|finished_at|created|created_at|generated|generated_at|generated_on|run_at|recorded_at|measured_at|last_updated|updated_at|test_date|run_date|(?:\w+_)?(?:timestamp|datetime))$/
const ERROR = /^(?:error|err|errors?_?message|error_msg|exception|failure_reason|error_text|error_type|traceback)$/
const SUCCESS = /^(?:success|successful|succeeded|ok|status|state|outcome|result_status|is_success)$/
const UNIT = /^(?:units?|\w+_units?|time_unit|metric_unit)$/
const NOTE = /^(?:notes?|comments?|remarks?|explanation|rationale|description|details|winner|best_for|download|downloads?_link|link|links|checkpoint|weights_url|interpretation|observations?|use_case|recommendation|purpose|source|reason|summary|message|output|response|completion|(?:\w+_)?answer|ground_truth|generated_text|generated_texts|response_text|output_text|banter_text|variations|text|content|body|thinking|stdout|stderr|log|logs|graph_preview|validation_results|finish_reason)$/

const SETTINGS = new Set(
  `conc attempt run_attempt index idx id ids rank no nr number seed seeds trial trials repeat repeats repetition repetitions rep reps round rounds run runs
  iteration iterations iter iters epoch epochs step steps warmup warmups warmup_runs warmup_iterations samples sample_count
  samples_per_run num_samples n_samples n batch batches bs bsz ctx context context_size context_length context_window context_tokens num_ctx n_ctx max_ctx
  gpu gpus cpu cpus ngl gpu_layers layers threads workers clients connections concurrency users nodes replicas ranks shards
  processes parallelism parallel tp_size pp_size dp_size tensor_parallel pipeline_parallel temp temperature top_p top_k min_p
  typical_p repeat_penalty presence_penalty frequency_penalty repetition_penalty mirostat request_rate rate_limit target_rate
  burstiness qps_target port pid ppid version opset workspace_size width height channels depth dim dims hidden heads kernel_size
  stride padding resolution seq seqlen prompt_count prompt_index prompt_id prompt_number num_prompts prompts params parameters
  param_count bits bit bitwidth precision dtype quant quantization quantisation tag model models backend framework engine device
  host hostname os platform arch architecture name label case benchmark test test_name test_id scenario strategy tone category
  type kind mode method variant config configuration config_name setting dataset data task suite language lang compiler
  driver nvidia_driver cuda_version python_version torch_version year month day hour timeout timeouts_after max_tokens
  max_new_tokens max_output_tokens max_concurrency max_concurrent max_model_len max_batch_size max_seq_len max_input_len
  total_tests total_runs total_configurations metrics_count test_count_total memory_total total_memory memory_limit memory_size
  power_limit pstate gpu_count cpu_count core_count cores num_cores cuda_cores tensor_cores vram_total total_vram_available ram_total total_ram
  clock_rate base_clock boost_clock cache_size stream block_size grid_size url path file filename commit branch sha hash
  fan_count m k prompt prompt_text question query input test_duration benchmark_duration experiment_duration total_test_duration size_label num_tests prompt_tokens_target duration_target total_combinations population
  ret rc retcode return_code returncode exit_code exit_status exitcode lr learning_rate lr_sched lr_schedule optimizer weight_decay momentum
  dropout grpsz groupsize vus max_vus isl osl np nprocs ntasks sockets numa vcpu vcpus nrows n_rows rows in_rows num_rows scale_factor sf
  iteration_count timezone time_zone multiplier display_multiplier value_range total_endpoints cardinality elements keys entries offered_load arrival_rate instance instance_type machine_type rank_id worker pool
  n_prompt n_gen n_depth n_batch n_ubatch n_threads n_gpu_layers main_gpu split_mode flash_attn tensor_split cpu_mask
  repetition_index family_index per_family_instance_index group position order order_env order_impl sort_order level tier shape goos goarch pkg gomaxprocs`.split(/\s+/),
)

const SETTING_SHAPES = [
  /_(?:id|ids|index|idx|no|seed|version|port|pid|len|length|dim|dims|layers|heads|width|height|channels|threads|workers|cores|clients|connections|users|limit|path|name|type|mode|hash|sha|url|host|commit|dtype|precision|quantization|backend|device|driver|config|label|category|runs|iterations|iters|rounds|repeats|repetitions|trials|per_run|window|ratio_target|timeout|interval|range|target|bits)$/,
  /(?:^|_)(?:queue|tree|max|search|pipeline|stack|nesting|recursion|prefetch|network)_depth$/,
  /^(?:num|n|nb|number_of)_(?!.*_per_(?:s|sec|second)$|output|completion|failed|completed|errors|generated|correct|success|prompt_tokens|collisions|failures|misses|hits|timeouts|retries|allocs|allocations)/,
  /^(?:target|traffic|configured|requested|allowed|limit|default|optimal|recommended)_/,
  /^(?:gpu|ctx|temp|agent|node|device)_?\d+$/,
  /^(?:gpu|ctx|temp|temperature|context)_(?:layers?|size|tokens|chimera|baseline|limit)$/,
  /(?:^|_)(?:batch|block|chunk|buffer|window|page|kernel|hidden|vocab|beam|group|queue|pool|input|step|tile|workspace|cache|embedding|image|data|disk|file|matrix|dataset|corpus|sample|problem|array|vector|list|filter|patch|crop|unit|frame|packet|payload|message|msg|value|key|object|record|row|entry|request)_size(?:_(?:bytes|kb|mb|gb))?$/,
  /^(?:seq|sequence|prompt|input|context|embedding)_(?:len|length|tokens_target)$/,
  /^device_attribute_/,
  /idx$/,
  /^(?:host|accelerator|system|processor)_(?!.*(?:used|usage|util|utilization|load|power|temp|temperature|time|latency|throughput|energy)(?:_|$))/,
  /(?:_per_node|core_count|accelerators|(?:^|_)number_of_(?:nodes|accelerators|cores))$/,
]

/** Settings and facts about the machine even with a unit: `timeout_s`, `vram_total_gb`, `think time (ms)`. */
const SETTING_WITH_UNIT = /(?:^|_)(?:timeout|interval|limit|target|threshold|budget|deadline|think_time|ramp_?up(?:_time)?|warm_?up(?:_time|_duration)?|cool_?down|(?:memory|mem|vram|ram|disk)_(?:total|capacity)|total_(?:vram|ram)|(?:test|benchmark|experiment)_duration|(?:boost|base|max)_clock)$/

/** `throughput_mixed_precision` is a throughput, whatever its last word is the name of. */
const MEASURED_HEAD = /^(?:throughput|latency|accuracy|speedup|bandwidth|ttft|tpot|itl|perplexity|loss|score|(?:train|training|inference)_(?:time|throughput|speed|latency)|time_to_(?:train|solution|accuracy)|duration|(?:weak|strong)_scaling)_(?!.*(?:target|limit|threshold|window|interval|timeout|id|index)$)/

/** Names of measured things that are in no list, by their last word. */
const RESULT_SHAPES = /(?:^|_)(?:latency|throughput|bandwidth|time|duration|usage|utilization|utilisation|util|used|memory|vram|rss|accuracy|loss|perplexity|score|speed|speedup|efficiency|overhead|cost|energy|power|rate|ratio|count|detected|completed|failed|succeeded|passed|errors|failures|quality|penalty|headroom|saturation|improvement|tokens|chars|bytes|percent|percentage|f1|recall|hits|misses|ops|sent|recv|received|(?:completed|successful|succeeded|failed|[1-5]xx)_(?:requests|responses)|(?:compressed|encoded|binary|bundle|minified|gzipped|compr|executable)_size)$/

const roles = new WeakMap<NameReading, NameRole>()

export function roleOfName(reading: NameReading): NameRole {
  const known = roles.get(reading) ?? decide(reading)
  roles.set(reading, known)
  return known
}

function decide(reading: NameReading): NameRole {
  const { full } = reading
  // `GET /blog/:id` is what was asked for, not an id.
  if (full === '' || ENDPOINT.test(reading.raw)) return 'unknown'
  if (TIME.test(full)) return 'time'
  if (ERROR.test(full)) return 'error'
  if (SUCCESS.test(full)) return 'success'
  if (UNIT.test(full)) return 'unit'
  if (NOTE.test(full)) return 'note'
  const plain = reading.words.join('_')
  // What came out has a length of its own, told as a mean or a median; one that was asked for is told plainly.
  if (reading.stat !== undefined && reading.stat !== 'max' && /^(?:output|response|completion|generated|answer)_/.test(plain)) return 'result'
  if (isSetting(full)) return 'attribute'
  // `mean_batch_size` is still about a setting's value, `max_latency` is not a setting called max.
  if (reading.unit === undefined && isSetting(plain) && plain !== full) return 'attribute'
  // `Total VRAM (2 agents)` is what they take, not what the machine has.
  if (reading.stat === undefined && reading.qualifier === undefined && SETTING_WITH_UNIT.test(plain)) return 'attribute'
  if (reading.unit !== undefined || reading.delta || isKnownMetric(plain) || (reading.stat !== undefined && reading.words.length === 0)) return 'result'
  if (reading.stat !== undefined || RESULT_SHAPES.test(full)) return 'result'
  return 'unknown'
}

export function isSetting(name: string): boolean {
  return SETTINGS.has(name) || (!MEASURED_HEAD.test(name) && SETTING_SHAPES.some((shape) => shape.test(name)))
}

/** `precision` beside `recall` is a score of answers, elsewhere the type of numbers. */
export function isPrecisionOfScores({ full }: NameReading, names: readonly string[]): boolean {
  return /(?:^|_)precision$/.test(full) && names.some((name) => /(?:^|[\s_.-])(?:recall|f1)(?:$|[\s_.(@-])/i.test(name))
}

/** Settings of the sampler: beside one of them `temperature` is how a model samples, not how hot a chip is. */
export const SAMPLER_SETTING = /^(?:num_gpu|num_ctx|ctx|top_p|top_k|min_p|num_predict|max_tokens|seed|repeat_penalty|gpu|gpu_layers|context)/

/** Attribute names under which different files say the same. */
const SAME_AS: ReadonlyMap<string, string> = new Map(Object.entries({
  temp: 'temperature',
  ctx: 'num_ctx',
  model_name: 'model',
  model_id: 'model',
  model_tag: 'model',
  gpu_name: 'gpu',
  batch: 'batch_size',
  bs: 'batch_size',
  conc: 'concurrency',
}))

export function attributeName(name: string): string {
  return SAME_AS.get(name) ?? name
}

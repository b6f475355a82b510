/** Scores of models: how good, not how fast. */

import { snake, type Rules, type Spec } from '../spec.js'

const EVERY = 'wild/evaleval__every_eval_ever/tests/data'
const VISION = 'wild/andrudebaran7__vlm-cpu-benchmark'
const SCOPE = 'wild/modelscope__evalscope'

/** HELM calls its metrics what they are; settings of the run are listed among them. */
const helm = (stat: string, needed: boolean) => (row: Readonly<Record<string, string>>) => {
  const name = row['name.name'] ?? ''
  const units = /tokens/.test(name) ? '[tok|]' : /runtime|time/.test(name) ? '[s|]' : /bytes/.test(name) ? '[B|]' : '[|1]'
  const isSetting = /^num_(?:references|train)|^max_prob|training_co2|training_energy/.test(name)
  return `${snake(name)}|*${snake(name)}*|prompt_tokens|output_tokens|accuracy ${units} ${stat}${needed && !isSetting ? '' : ' ?'}`
}

const helmStats = (base: string): Rules => ({
  [`${base}/name/name`]: '-',
  [`${base}/name/split`]: 'attr^ *',
  [`${base}/name/perturbation/name`]: 'attr^^ *',
  [`${base}/name/perturbation/computed_on`]: 'attr^^ *',
  [`${base}/min`]: helm('min', true),
  [`${base}/max`]: helm('max', true),
  [`${base}/mean`]: helm('mean', true),
  [`${base}/stddev`]: helm('stddev', true),
  [`${base}/sum`]: helm('sum', false),
  [`${base}/count`]: 'open',
  [`${base}/sum_squared`]: 'open',
  [`${base}/variance`]: 'open',
})

const VISION_RULES: Rules = {
  model: 'attr *',
  backend: 'attr *',
  task: 'attr *',
  metric_name: '-',
  metric_value: (row) => `${snake(row['metric_name'] ?? '')}|accuracy|score [|1]`,
  infer_ms_mean: '*infer*|latency|duration [ms] mean',
  infer_ms_p95: '*infer*|latency|duration [ms] p95',
  peak_rss_mb: 'memory_used [MB] max',
  energy_j: 'energy [J]',
  status: '-',
  error: '-',
}

const spread = '*stderr*|*standard_error*|accuracy|acc|exact_match|acc_norm|f1 [|1] stddev|value'

/** Statistics of evalscope and their keys. */
const scopeStat = (row: Readonly<Record<string, string>>) => {
  const key = row['key'] ?? ''
  return key === 'std' ? 'stddev' : key.endsWith('%') ? (key === '50%' ? 'p50|median' : `p${key.slice(0, -1)}`) : key
}

export const QUALITY: readonly Spec[] = [
  {
    kind: 'json',
    tool: 'lm-eval-harness (ja)',
    files: ['wild/Stability-AI__lm-evaluation-harness/models/**/*.json'],
    note: 'exact_match and f1 are points of 0 to 100 here, acc a share. A spread in a field of its own is one.',
    paths: {
      '/results/{task}/*_stderr': spread,
      '/results/{task}/acc': 'accuracy|acc [|1]',
      '/results/{task}/acc_norm': 'accuracy|acc_norm|*norm* [|1]',
      '/results/{task}/details/**': 'open',
      '/results/{task}/exact_match': 'exact_match|accuracy []',
      '/results/{task}/f1': 'f1 []',
      '/results/{task}/*': '@ [|1]',
      '/versions/**': '-',
      '/config/**': '-',
    },
  },
  {
    kind: 'markdown',
    tool: 'lm-eval-harness ja README',
    files: ['wild/Stability-AI__lm-evaluation-harness/README.md'],
    openLines: true,
    tables: [
      { has: ['model', 'average'], columns: { model: 'attr *', average: '*average*|accuracy|score [] mean|value', 'eval script': '-', '*': '@|accuracy|score [] value|mean {task}' } },
      { has: ['Tasks'], columns: { '*': '-' } },
    ],
  },
  {
    kind: 'json',
    tool: 'lm-eval',
    files: [`${EVERY}/lm_eval/results_*.json`],
    paths: {
      '/results/{task}/exact_match,none': 'exact_match|accuracy [|1]',
      '/results/{task}/exact_match_stderr,none': spread,
      '/total_evaluation_time_seconds': '*evaluation_time*|duration|eval_duration [s]',
      '/**': '-',
    },
  },
  { kind: 'json', tool: 'lm-eval samples', files: [`${EVERY}/lm_eval/samples_*.jsonl`], many: true, paths: { '/*/doc_id': 'attr *', '/*/exact_match': 'exact_match|accuracy [|1]', '/**': '-' } },
  { kind: 'json', tool: 'HELM', files: [`${EVERY}/helm/*/stats.json`], paths: helmStats('/*') },
  {
    kind: 'json',
    tool: 'HELM',
    files: [`${EVERY}/helm/*/per_instance_stats.json`],
    paths: { '/*/instance_id': 'attr *', '/*/train_trial_index': '-', '/*/perturbation/**': '-', ...helmStats('/*/stats/*') },
  },
  {
    kind: 'json',
    tool: 'inspect-ai',
    files: [`${EVERY}/inspect/*.json`],
    note: 'Samples hold whole conversations: what is read there is not scored.',
    paths: {
      '/results/scores/*/name': 'attr *',
      '/results/scores/*/metrics/*/value': (row) => (/std|err/.test(row['name'] ?? '') ? '*stderr*|*std*|accuracy [|1] *' : `${snake(row['name'] ?? '')}|accuracy|score [|1] value|mean`),
      '/results/*_samples': '*samples*|*completed* [|u:{sample}] value|count ?',
      '/results/scores/*/*_samples': '*samples* [|u:{sample}] value|count ?',
      '/stats/model_usage/{model}/input_tokens': 'prompt_tokens [tok] value|sum',
      '/stats/model_usage/{model}/output_tokens': 'output_tokens [tok] value|sum',
      '/stats/model_usage/{model}/total_tokens': 'total_tokens [tok] value|sum',
      '/stats/model_usage/{model}/*': '*tokens*|*cost* [tok|USD|] value|sum ?',
      '/eval/**': '-',
      '/plan/**': '-',
      '/samples/**': 'open',
      '/reductions/**': 'open',
      '/results/**': 'open',
      '/version': '-',
    },
  },
  { kind: 'json', tool: 'every-eval-ever', files: [`${EVERY}/community_evals_converter/aggregate.jsonl`], many: true, paths: { '/**': '-' } },
  {
    kind: 'json',
    tool: 'evalplus',
    files: ['wild/evalplus__evalplus.github.io/results.json'],
    paths: { '/{model}/pass@1/{benchmark}': '*pass*|score|accuracy|@ []', '/*/size': '-' },
  },
  {
    kind: 'json',
    tool: 'evalperf',
    files: ['wild/evalplus__evalplus.github.io/results/evalperf/COMBINED-RESULTS.json'],
    paths: { '/{model}/dps': 'dps []', '/{model}/dps_norm': 'dps_norm []', '/{model}/pass@1': '*pass* []', '/{model}/model_win_rate': 'model_win_rate [|1]', '/{model}/task_win_rate': 'task_win_rate [|1]', '/**': 'open' },
  },
  {
    kind: 'json',
    tool: 'evalperf',
    files: ['wild/evalplus__evalplus.github.io/results/evalperf/*brief.json'],
    paths: {
      '/config/*': '-',
      '/summary/dps': 'dps []',
      '/summary/dps_norm': 'dps_norm []',
      '/summary/pass@1': '*pass* []',
      '/eval/{task}/dps': 'dps []',
      '/eval/{task}/dps_norm': 'dps_norm []',
      '/eval/{task}/pass@1': '*pass* []',
      '/eval/*/profiled/**': '-',
    },
  },
  {
    kind: 'json',
    tool: 'MTEB',
    files: ['wild/isaacus-dev__mleb/results/*/*/*.json'],
    note: 'nauc_..._max and _std are names of one number each, and no maximum or spread of others; model_meta measures nothing.',
    mend: (text) => text.replace(/: NaN\b/g, ': null'),
    paths: {
      '/task_name': 'attr *',
      '/scores/*/*/hf_subset': '-',
      '/scores/*/*/main_score': '*score* [|1]',
      '/scores/*/*/*': '@ [|1]',
      '/evaluation_time': '*evaluation_time*|duration|eval_duration [s|]',
      '/*': '-',
    },
  },
  {
    kind: 'json',
    tool: 'MLEB results.jsonl',
    files: ['wild/isaacus-dev__mleb/results/results.jsonl'],
    many: true,
    paths: { '/*/model/name': 'attr^ *', '/*/results/*/dataset/id': 'attr^ *', '/*/results/*/score': 'score [|1]', '/*/results/*/time_taken': 'duration [s|]', '/*/model/*': '-' },
  },
  {
    kind: 'json',
    tool: 'evalscope report',
    files: [`${SCOPE}/examples/viz/*/reports/*/*.json`],
    paths: {
      '/dataset_name': 'attr *',
      '/model_name': 'attr *',
      '/score': '*score*|accuracy [|1]',
      '/metrics/*/name': 'attr *',
      '/metrics/*/score': '*score*|accuracy|*acc* [|1] value|mean',
      '/metrics/*/macro_score': '*score*|*acc* [|1] value|mean',
      '/metrics/*/categories/*/*score': '*score*|accuracy|*acc* [|1] value|mean',
      '/metrics/*/categories/*/subsets/*/name': 'attr *',
      '/metrics/*/categories/*/subsets/*/score': '*score*|accuracy|*acc* [|1] value|mean',
      '/perf_metrics/summary/latency/*': (row) => `latency [s|] ${scopeStat(row)}`,
      '/perf_metrics/summary/ttft/*': (row) => `ttft [s|] ${scopeStat(row)}`,
      '/perf_metrics/summary/tpot/*': (row) => `tpot [s|] ${scopeStat(row)}`,
      '/perf_metrics/summary/throughput/avg_output_tps': 'output_throughput|*output_tps* [tok/s|] mean',
      '/perf_metrics/summary/throughput/avg_req_ps': 'request_throughput|*req_ps* [req/s|] mean',
      '/perf_metrics/summary/usage/input_tokens/*': (row) => `prompt_tokens [tok] ${scopeStat(row)}`,
      '/perf_metrics/summary/usage/output_tokens/*': (row) => `output_tokens [tok] ${scopeStat(row)}`,
      '/perf_metrics/summary/usage/total_tokens/*': (row) => `total_tokens [tok] ${scopeStat(row)}`,
      '/perf_metrics/summary/usage/*': '*tokens* [tok] value|sum|count',
      '/**': '-',
    },
  },
  {
    kind: 'csv',
    tool: 'VLM CPU benchmark CSV',
    files: [`${VISION}/results*/results.csv`],
    tables: [{ columns: VISION_RULES, status: (row) => (row['status'] === 'ok' ? 'ok' : 'none') }],
  },
  {
    kind: 'json',
    tool: 'VLM CPU benchmark JSONL',
    files: [`${VISION}/results*/results.jsonl`],
    many: true,
    paths: { ...Object.fromEntries(Object.entries(VISION_RULES).map(([key, rule]) => [`/*/${key}`, rule])), '/*/per_example_scores/*': '*score* [|1]' },
  },
  {
    kind: 'markdown',
    tool: 'hallucination leaderboard README',
    files: ['wild/vectara__hallucination-leaderboard/README.md'],
    openLines: true,
    tables: [
      {
        columns: {
          Model: 'attr *',
          'Hallucination Rate': 'hallucination_rate [cell]',
          'Factual Consistency Rate': 'factual_consistency_rate [cell]',
          'Answer Rate': 'answer_rate [cell]',
          'Average Summary Length (Words)': '*summary_length* [word|] mean',
        },
      },
    ],
  },
  {
    kind: 'json',
    tool: 'every-eval-ever',
    files: [`${EVERY}/community_evals_converter/datastore/**/*.json`],
    paths: { '/evaluation_results/*/evaluation_name': 'attr *', '/evaluation_results/*/score_details/score': 'score|accuracy [|1]', '/**': '-' },
  },
  {
    kind: 'markdown',
    tool: 'MLPerf README',
    files: ['wild/mlcommons__inference/vision/classification_and_detection/README.md', 'wild/mlcommons__inference/language/*/README.md', 'wild/mlcommons__inference/README.md'],
    openLines: true,
    tables: [{ has: ['model', 'framework', 'accuracy'], columns: { model: 'attr *', framework: 'attr *', accuracy: '*accuracy|map [cell]', '*': '-' } }, { columns: { '*': '-' } }],
  },
]

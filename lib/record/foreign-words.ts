/** Headers in other languages, word by word, as the English words that the rest of the reading knows. */

/** Without spaces between words; longer ones first, so that `首字延迟` is not read as `延迟`. */
const UNSPACED: readonly (readonly [string, string])[] = Object.entries({
  '首token延迟': 'ttft', '首Token延迟': 'ttft', '首个token延迟': 'ttft', '首字延迟': 'ttft', '首字时间': 'ttft', '首字耗时': 'ttft', '首包延迟': 'ttft', '首token时间': 'ttft', '首Token时间': 'ttft',
  '端到端延迟': 'e2e latency', '请求延迟': 'request latency', '响应时间': 'response time', '平均': 'mean', '中位数': 'median', '最大值': 'max', '最小值': 'min', '最大': 'max', '最小': 'min',
  '标准差': 'stddev', '总计': 'total', '峰值': 'peak', '延迟': 'latency', '时延': 'latency', '耗时': 'time', '时间': 'time', '时长': 'duration', '吞吐量': 'throughput', '吞吐率': 'throughput', '吞吐': 'throughput',
  '生成速度': 'generation speed', '输出速度': 'output speed', '推理速度': 'speed', '解码速度': 'decode speed', '预填充速度': 'prefill speed', '速度': 'speed', '准确率': 'accuracy', '正确率': 'accuracy', '成功率': 'success rate', '错误率': 'error rate',
  '显存占用': 'vram usage', '显存使用': 'vram usage', '显存': 'vram', '内存占用': 'memory usage', '内存使用': 'memory usage', '内存': 'memory', '加速比': 'speedup', '利用率': 'utilization', '功耗': 'power', '能耗': 'energy', '温度': 'temperature',
  '并发数': 'concurrency', '并发': 'concurrency', '批大小': 'batch size', '批次大小': 'batch size', '输入长度': 'input length', '输出长度': 'output length', '困惑度': 'perplexity', '得分': 'score', '分数': 'score', '每秒': 'per second', '字符/秒': 'chars/s', '字/秒': 'chars/s', '毫秒': 'ms',
  'レイテンシー': 'latency', 'レイテンシ': 'latency', '遅延': 'latency', 'スループット': 'throughput', '処理時間': 'processing time', '実行時間': 'execution time', '推論時間': 'inference time', '応答時間': 'response time', '時間': 'time', '正解率': 'accuracy',
  'メモリ使用量': 'memory usage', 'メモリ': 'memory', '中央値': 'median', '標準偏差': 'stddev', '消費電力': 'power', 'スコア': 'score',
}).sort(([a], [b]) => b.length - a.length)

/** Parted by spaces or underscores, in small letters. */
const SPACED: ReadonlyMap<string, string> = new Map(Object.entries({
  latenz: 'latency', antwortzeit: 'response time', laufzeit: 'runtime', dauer: 'duration', zeit: 'time', durchsatz: 'throughput', mittelwert: 'mean', durchschnitt: 'mean', durchschnittliche: 'mean', mittlere: 'mean', standardabweichung: 'stddev',
  maximale: 'max', minimale: 'min', genauigkeit: 'accuracy', speicher: 'memory', speicherverbrauch: 'memory usage', speicherbedarf: 'memory usage', geschwindigkeit: 'speed', leistungsaufnahme: 'power', temperatur: 'temperature', auslastung: 'utilization', beschleunigung: 'speedup',
  latência: 'latency', latencia: 'latency', tempo: 'time', vazão: 'throughput', vazao: 'throughput', média: 'mean', médio: 'mean', mediana: 'median', máximo: 'max', mínimo: 'min', máxima: 'max', mínima: 'min', desvio: 'stddev', acurácia: 'accuracy', acuracia: 'accuracy', memória: 'memory', velocidade: 'speed', duração: 'duration',
  задержка: 'latency', время: 'time', длительность: 'duration', среднее: 'mean', средняя: 'mean', средний: 'mean', медиана: 'median', максимум: 'max', минимум: 'min', максимальная: 'max', минимальная: 'min', точность: 'accuracy', память: 'memory', скорость: 'speed', ускорение: 'speedup', ответа: 'response', выполнения: 'execution',
}))

const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/пропускная\s+способность/gi, 'throughput'],
  [/desvio\s+padr[ãa]o/gi, 'stddev'],
  [/стандартное\s+отклонение/gi, 'stddev'],
  [/время\s+ответа/gi, 'response time'],
  [/время\s+выполнения/gi, 'execution time'],
  [/tempo\s+de\s+resposta/gi, 'response time'],
  [/tempo\s+de\s+execução/gi, 'execution time'],
]

/** The text with known phrases of other scripts in English; the same text when it has none. */
export function translate(text: string): string {
  let out = text
  if (/[^\u0000-\u024f\u0370-\u03ff\u2000-\u2bff]/.test(text)) {
    for (const [word, english] of UNSPACED) {
      if (out.includes(word)) out = out.replaceAll(word, ` ${english} `)
    }
  }
  if (/[а-яã]|de\s/i.test(out)) for (const [phrase, english] of PHRASES) out = out.replace(phrase, english)
  return out
}

/** One word (in small letters) as English words. */
export function translateWord(word: string): readonly string[] {
  return SPACED.get(word)?.split(' ') ?? [word]
}

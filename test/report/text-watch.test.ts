import t from 'tap'
import { watchText } from '../../lib/report/text-watch.js'
import { pieces } from '../agent/scripted.js'

function read(text: string, language = 'en') {
  const watch = watchText(language)
  const shown = pieces(text).map((piece) => watch.write(piece)).join('') + watch.end()
  return { shown, verdict: watch.verdict, loops: watch.loops }
}

const right: Readonly<Record<string, string>> = {
  'plain English': 'The median time to first token is {{F2.value}}, which is the best of all models that were measured. It should be run again.',
  'a list of figures with their names': '- Time to first token: {{F2.value}}\n- Throughput: {{F4.value}}\n- Memory in use: {{F7.value}}\n',
  'a table': '| Model | TTFT | Rate |\n| --- | --- | --- |\n| a | {{F1.value}} | {{F2.value}} |\n| b | {{F3.value}} | {{F4.value}} |\n| c | {{F5.value}} | {{F6.value}} |\n| d | {{F7.value}} | {{F8.value}} |\n',
  'names and options': 'gemma3:latest num_gpu=80 num_ctx=1024 llama3.1:8b-instruct-q4_0 temperature=0.5',
  'few words': 'OK.',
  'addresses and paths': 'See github.com/a, example.com/b, x.com/c, das.de/der/die and docs/es/para.md con-que-por el-la-los.',
  'a table with equal rows': '| a | b |\n| --- | --- |\n'.padEnd(40) + '| none seen | not there |\n'.repeat(6),
  'a short sentence that comes again': ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((name) => `- The rate of ${name} is {{F2}} in these files. It was not measured more than once.\n`).join(''),
  'a word of another language': 'The model la-petite-une of der-die-das is the best of all, and des tests were run with it.',
  'the same figure in several findings': '- The best is {{F2}}.\n- The best of the others is {{F3}}.\n- The best rate is {{F4}}.\n',
}
for (const [what, text] of Object.entries(right)) {
  t.test(`nothing against ${what}`, async (t) => {
    t.strictSame(read(text), { shown: text, verdict: undefined, loops: false })
  })
}

const wrong: Readonly<Record<string, readonly [text: string, verdict: RegExp]>> = {
  German: ['Die Ergebnisse zeigen, dass das Modell mit der höchsten Rate nicht das schnellste ist und bei langen Texten auch mehr Speicher braucht.', /another language than asked, German as it seems/],
  French: ['Les résultats de la mesure sont dans le tableau, et la latence est plus grande avec le modèle qui est le plus grand.', /French as it seems/],
  Spanish: ['Los resultados muestran que el modelo es más rápido que los otros, pero con una latencia más alta para las pruebas.', /Spanish/],
  Chinese: ['测试结果显示，该模型的速度最快。{{F2}} 是最好的。', /another script/],
  Russian: ['Результаты показывают, что модель самая быстрая.', /another script/],
  'a loop of words': [`The model is fast. ${'and so on '.repeat(40)}`, /repeated itself/],
  'a loop of sentences': ['The rate of the first model is higher.\nOther words.\n'.repeat(6), /repeated itself/],
  'slots without words': [Array.from({ length: 12 }, (_, at) => `{{F${at + 1}}}`).join(' '), /figures without words/],
  JSON: ['[{"title": "The best of all", "text": "It is the best", "facts": ["F1"], "severity": "high"}, {"title": "x"}]', /JSON where text/],
}
for (const [what, [text, verdict]] of Object.entries(wrong)) {
  t.test(`${what} is given up`, async (t) => {
    const { shown, verdict: found } = read(text)
    t.match(found, verdict)
    t.ok(shown.length < text.length)
  })
}

t.test('another language is seen before anything of it is shown', async (t) => {
  for (const what of ['German', 'French', 'Chinese', 'Russian']) t.equal(read(wrong[what]![0]).shown, '', what)
})

t.test('the language that was asked for is right, and English then is not', async (t) => {
  t.equal(read(wrong['German']![0], 'de').verdict, undefined)
  t.equal(read(wrong['German']![0], 'de-AT').verdict, undefined)
  t.match(read(right['plain English']!, 'de').verdict, /English as it seems/)
  for (const language of ['any', 'fi']) t.equal(read(wrong['German']![0], language).verdict, undefined, 'nothing is known of it')
})

t.test('a text that drifts away ends there', async (t) => {
  const { shown, verdict } = read(`The first sentence is in English and says what was measured. ${wrong['Russian']![0].repeat(12)}`)
  t.match(verdict, /another script/)
  t.match(shown, /^The first sentence is in English/)
  t.ok(shown.length < 500)
})

t.test('English is shown from its first words on', async (t) => {
  const watch = watchText('en')
  t.equal(watch.write('Early '), '')
  t.equal(watch.write('words here'), 'Early words here')
  t.equal(watch.write(', and'), ', and')
})

t.test('long hostile text is given up as a loop, or shown no longer than it is', async (t) => {
  for (const text of ['{{'.repeat(50_000), '"'.repeat(100_000), 'a'.repeat(100_000), '\\"'.repeat(50_000), '{{F1'.repeat(20_000)]) {
    const watch = watchText('en')
    let shown = ''
    for (let at = 0; at < text.length; at += 1000) shown += watch.write(text.slice(at, at + 1000))
    shown += watch.end()
    t.ok(watch.verdict !== undefined || shown === text, text.slice(0, 6))
    t.ok(text.startsWith(shown), 'nothing is added')
  }
})

import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { builtInPrompt, PROMPT_NAMES } from '../../lib/agent/index.js'
import { simServer } from '../../lib/model/index.js'
import { chimera, results } from '../support/cli.js'

t.test('the list, and one of them', async (t) => {
  const list = await chimera(['prompts'])
  t.equal(list.code, 0)
  t.strictSame(list.stdout.trim().split('\n').map((line) => line.split(' ')[0]), PROMPT_NAMES)
  t.match(list.stdout, /^report-task +the second task of report; \[\[words\]\] \[\[headings\]\] \[\[from\]\]$/m)
  t.equal((await chimera(['prompts', 'rules'])).stdout, builtInPrompt('rules'))
  const none = await chimera(['prompts', 'rule'])
  t.equal(none.code, 2)
  t.match(none.stderr, 'found "rule": there are data-collector, ')
})

t.test('all of them as files, which stay when they are there', async (t) => {
  const cwd = t.testdir({})
  t.equal((await chimera(['prompts', '--write', 'mine'], { cwd })).code, 0)
  t.strictSame(readdirSync(path.join(cwd, 'mine')).sort(), PROMPT_NAMES.map((name) => `${name}.md`).sort())
  writeFileSync(path.join(cwd, 'mine', 'rules.md'), 'my work')
  const again = await chimera(['prompts', '--write', 'mine'], { cwd })
  t.equal(again.code, 1)
  t.match(again.stderr, 'name an empty or a new folder')
  t.equal(readFileSync(path.join(cwd, 'mine', 'rules.md'), 'utf8'), 'my work')
})

t.test('own prompts are what the model is told, and the report says so', async (t) => {
  const cwd = t.testdir({ mine: { 'analysis-task.md': '---\nname: analysis-task\nversion: my-task@7\n---\nSay one thing in [[words]] words.\n' } })
  results(cwd)
  const asked: string[] = []
  const server = await simServer({
    models: ['gemma3:latest'],
    reply: ({ body }) => {
      asked.push((body['messages'] as { content: string }[]).at(-1)?.content ?? '')
      return [{ type: 'text', text: 'The word.' }, { type: 'done' }]
    },
  })
  t.teardown(() => server.close())
  const { stdout } = await chimera(['report', 'results', '-m', 'gemma3', '--prompts', 'mine', '--structured', 'never'], { cwd, env: { OLLAMA_HOST: server.url } })
  t.match(asked[0], /Say one thing in \d+ words\.$/)
  t.match(stdout, /Prompts: data-collector@1 \([0-9a-f]{8}\), rules@2 \([0-9a-f]{8}\), my-task@7 \([0-9a-f]{8}\) own, report-task@1/)

  writeFileSync(path.join(cwd, 'mine', 'stock-task.md'), '---\nname: stock-task\n---\nCount it.')
  writeFileSync(path.join(cwd, 'mine', 'insight-agent.md'), '---\nname: Miser\n---\nYou save money.')
  asked.splice(0)
  const two = await chimera(['agents', 'results', '-m', 'gemma3', '--prompts', 'mine', '--mode', 'sequential'], { cwd, env: { OLLAMA_HOST: server.url } })
  t.match(asked, [/\n\nCount it\.$/, /Task: write the report from the figures and the other agent's answer/])
  t.match(two.stdout, /## 4\. Miser/)
  t.match(two.stdout, /stock-task \([0-9a-f]{8}\) own/)

  writeFileSync(path.join(cwd, 'mine', 'report-task.md'), '---\nname: x\n---\nIn [[wrods]] words.')
  const wrong = await chimera(['report', 'results', '--prompts', 'mine'], { cwd })
  t.equal(wrong.code, 2)
  t.match(wrong.stderr, 'found [[wrods]]')
})

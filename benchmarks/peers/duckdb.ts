/** DuckDB: the statistics that `chimera summary --by model` gives, quantiles exact or approximate. */

import { pathToFileURL } from 'node:url'
import { answerOf } from '../answer.js'
import { COLUMNS } from '../sweep.js'

/** What is used of `@duckdb/node-api`, which is no dependency: see `duckdb` in `peer.ts`. */
interface Api {
  readonly DuckDBInstance: { create(path: string, options: Readonly<Record<string, string>>): Promise<{ connect(): Promise<Connection> }> }
}
interface Connection {
  runAndReadAll(sql: string): Promise<{ getRowsJson(): (string | number | (string | number)[])[][] }>
}

const [, , api = '', file = '', quantile = 'quantile_cont', threads = '1'] = process.argv
const { DuckDBInstance } = (await import(pathToFileURL(api).href)) as Api
const connection = await (await DuckDBInstance.create(':memory:', { threads })).connect()
const statistics = COLUMNS.map(({ name }) => `avg(${name}), ${quantile}(${name}, [0.5, 0.9, 0.95, 0.99]), stddev_samp(${name}), min(${name}), max(${name})`)
const sql = `SELECT model, count(*), ${statistics.join(', ')} FROM read_csv('${file.replaceAll("'", "''")}') GROUP BY model`
const rows = (await connection.runAndReadAll(sql)).getRowsJson()
const each = 5
const groups = rows.map((row) => ({
  model: String(row[0]),
  rows: Number(row[1]),
  means: COLUMNS.map((_, at) => Number(row[2 + at * each])),
  medians: COLUMNS.map((_, at) => Number([row[3 + at * each]].flat()[0])),
}))
process.stdout.write(`${JSON.stringify(answerOf(groups))}\n`)

import { DatabaseSync, type StatementSync } from 'node:sqlite';

import type { Kind, Records } from './records';

export interface PageQuery<K extends Kind> {
	parent?: string;
	/** Id of the last record of the page before. */
	after?: string;
	limit: number;
	order: 'asc' | 'desc';
	where?: (record: Records[K]) => boolean;
}

interface Row {
	seq: number;
	body: string;
}

/**
 * The sandbox's memory: one SQLite table of JSON records in order of their making.
 * A file outlives the process, `:memory:` does not.
 */
export class Store {
	private readonly database: DatabaseSync;
	private readonly statements = new Map<string, StatementSync>();

	constructor(path: string) {
		this.database = new DatabaseSync(path);
		this.database.exec(`
			PRAGMA journal_mode = WAL;
			PRAGMA synchronous = OFF;
			CREATE TABLE IF NOT EXISTS records (
				seq INTEGER PRIMARY KEY AUTOINCREMENT,
				kind TEXT NOT NULL, id TEXT NOT NULL, parent TEXT NOT NULL, body TEXT NOT NULL,
				UNIQUE (kind, id)
			);
			CREATE INDEX IF NOT EXISTS records_by_parent ON records (kind, parent, seq);
		`);
	}

	close(): void {
		this.database.close();
	}

	/** Makes a record, or changes it in its place in the order. */
	put<K extends Kind>(kind: K, record: Records[K], parent = ''): void {
		this.sql(
			`INSERT INTO records (kind, id, parent, body) VALUES (?, ?, ?, ?)
			 ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body`,
		).run(kind, record.id, parent, JSON.stringify(record));
	}

	get<K extends Kind>(kind: K, id: string): Records[K] | undefined {
		const row = this.row(kind, id);
		return row && (JSON.parse(row.body) as Records[K]);
	}

	remove(kind: Kind, id: string): void {
		this.sql('DELETE FROM records WHERE kind = ? AND id = ?').run(kind, id);
	}

	removeChildren(kind: Kind, parent: string): void {
		this.sql('DELETE FROM records WHERE kind = ? AND parent = ?').run(kind, parent);
	}

	clear(): void {
		this.database.exec('DELETE FROM records');
	}

	count(kind: Kind, parent?: string): number {
		const all = this.sql('SELECT count(*) AS n FROM records WHERE kind = ?');
		const children = this.sql('SELECT count(*) AS n FROM records WHERE kind = ? AND parent = ?');
		return Number((parent === undefined ? all.get(kind) : children.get(kind, parent))?.n);
	}

	/** All records of a kind (of one parent) in the order of their making. */
	*each<K extends Kind>(kind: K, parent?: string): Generator<Records[K]> {
		yield* this.walk(kind, { parent, order: 'asc' });
	}

	/** One page after the record `after`; undefined when there is no such record. */
	page<K extends Kind>(
		kind: K,
		query: PageQuery<K>,
	): { data: Array<Records[K]>; hasMore: boolean } | undefined {
		const after = query.after === undefined ? undefined : this.row(kind, query.after)?.seq;
		if (query.after !== undefined && after === undefined) return undefined;
		const data: Array<Records[K]> = [];
		for (const record of this.walk(kind, { parent: query.parent, after, order: query.order })) {
			if (query.where && !query.where(record)) continue;
			if (data.length === query.limit) return { data, hasMore: true };
			data.push(record);
		}
		return { data, hasMore: false };
	}

	/** Runs `work` as one transaction, which makes many writes fast. */
	inTransaction(work: () => void): void {
		this.database.exec('BEGIN');
		try {
			work();
			this.database.exec('COMMIT');
		} catch (cause) {
			this.database.exec('ROLLBACK');
			throw cause;
		}
	}

	/** Reads in blocks, so that a caller may write while it walks. */
	private *walk<K extends Kind>(
		kind: K,
		{ parent, after, order }: { parent?: string; after?: number; order: 'asc' | 'desc' },
	): Generator<Records[K]> {
		const forward = order === 'asc';
		let from = after ?? (forward ? 0 : Number.MAX_SAFE_INTEGER);
		const statement = this.sql(
			`SELECT seq, body FROM records WHERE kind = ? ${parent === undefined ? '' : 'AND parent = ?'}
			 AND seq ${forward ? '>' : '<'} ? ORDER BY seq ${forward ? 'ASC' : 'DESC'} LIMIT 500`,
		);
		const owner = parent === undefined ? [kind] : [kind, parent];
		for (;;) {
			const rows = statement.all(...owner, from) as unknown as Row[];
			for (const row of rows) yield JSON.parse(row.body) as Records[K];
			if (rows.length < 500) return;
			from = rows[rows.length - 1].seq;
		}
	}

	private row(kind: Kind, id: string): Row | undefined {
		return this.sql('SELECT seq, body FROM records WHERE kind = ? AND id = ?').get(kind, id) as
			Row | undefined;
	}

	private sql(text: string): StatementSync {
		let statement = this.statements.get(text);
		if (!statement) this.statements.set(text, (statement = this.database.prepare(text)));
		return statement;
	}
}

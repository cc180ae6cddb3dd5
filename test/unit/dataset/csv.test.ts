import fc from 'fast-check';
import {
	type CsvDelimiter,
	type CsvOptions,
	CSV_DELIMITERS,
	readCsv,
	toCsvRow,
} from '../../../lib/dataset/csv';

async function rows(input: string | Buffer, options: CsvOptions = {}, chunkBytes = 3) {
	const bytes = Buffer.from(input as string);
	function* chunks() {
		for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
	}
	const result = [];
	// openPieces collects the first 4 KiB, so a short input is padded to have its chunks kept.
	for await (const batch of readCsv(chunks(), options)) result.push(...batch);
	return result;
}

const fieldsOf = async (input: string, options?: CsvOptions) =>
	(await rows(input, options)).map(({ fields }) => fields);

describe('readCsv', () => {
	test.each<[string, string, string[][]]>([
		[
			'plain rows',
			'a,b\n1,2\n',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		[
			'no last line end',
			'a,b\n1,2',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		[
			'CR LF',
			'a,b\r\n1,2\r\n',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		[
			'CR alone',
			'a,b\r1,2\r',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		[
			'quotes, delimiters and line breaks in fields',
			'q,a\n"x ""y"", z","line 1\nline 2\r\nline 3"\n',
			[
				['q', 'a'],
				['x "y", z', 'line 1\nline 2\r\nline 3'],
			],
		],
		[
			'empty fields',
			'a,,\n,"",\n',
			[
				['a', '', ''],
				['', '', ''],
			],
		],
		[
			'blank lines',
			'a,b\n\n  \n1,2\n',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		['one quoted empty field is a row', 'a\n""\n', [['a'], ['']]],
		[
			'text behind a closing quote',
			'a,b\n"x"y,z\n',
			[
				['a', 'b'],
				['xy', 'z'],
			],
		],
		[
			'a quote inside a plain field',
			'a,b\n5" disk,z\n',
			[
				['a', 'b'],
				['5" disk', 'z'],
			],
		],
		[
			'semicolons',
			'a;b\n1,5;2\n',
			[
				['a', 'b'],
				['1,5', '2'],
			],
		],
		[
			'tabs',
			'a\tb\n1\t2\n',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		[
			'pipes',
			'a|b\n1|2\n',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		[
			'delimiters inside quotes do not count',
			'"a;b;c",d\n1,2\n',
			[
				['a;b;c', 'd'],
				['1', '2'],
			],
		],
		[
			'a byte order mark',
			'\ufeffa,b\n1,2\n',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		['nothing', '', []],
	])('%s', async (_name, input, expected) => {
		expect(await fieldsOf(input)).toEqual(expected);
	});

	test('knows the line a row begins on', async () => {
		expect((await rows('a,b\n"1\n2\n3",x\n\nlast,y\n')).map(({ line }) => line)).toEqual([1, 2, 6]);
	});

	test('says what is wrong with a row', async () => {
		expect((await rows('a,b\n"never closed,2\n3,4\n'))[1]).toMatchObject({
			line: 2,
			problem: { code: 'unclosed_quote', line: 2 },
		});
		expect((await rows(Buffer.from('a,b\ncaf\u00e9,2\n', 'latin1')))[1].problem).toMatchObject({
			code: 'invalid_utf8',
		});
	});

	test('an unclosed quote costs no more memory than is allowed', async () => {
		const [, row] = await rows(`a,b\n"${'x\n'.repeat(50_000)}`, { maxLineBytes: 1000 }, 4096);
		expect(row.problem).toMatchObject({ code: 'row_too_long' });
		expect(row.fields.join('').length).toBeLessThanOrEqual(1000);
	});

	test('reads what toCsvRow writes, however it is cut into chunks', async () => {
		const field = fc.oneof(
			fc.string(),
			fc.constantFrom('"', '\n', '\r\n', '\r', ',', ';', ' a ', 'é🏙'),
		);
		const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), {
			minLength: 1,
			maxLength: 6,
		});
		await fc.assert(
			fc.asyncProperty(
				table,
				fc.constantFrom<CsvDelimiter>(...CSV_DELIMITERS),
				fc.integer({ min: 1, max: 9 }),
				async (cells, delimiter, chunkBytes) => {
					const wellFormed = cells.map((row) =>
						row.map((cell) =>
							Buffer.from(cell)
								.toString()
								.replace(/[\ufffd\ufeff]/g, ''),
						),
					);
					// The reader's first look is at 4 KiB, so the table has to begin behind them to be cut.
					const filler = [['x'.repeat(4096), 'y']];
					const text = [...filler, ...wellFormed].map((row) => toCsvRow(row, delimiter)).join('');
					const read = await rows(text, { delimiter }, chunkBytes);
					expect(read.map(({ fields }) => fields)).toEqual([...filler, ...wellFormed]);
				},
			),
			{ numRuns: 100 },
		);
	});
});

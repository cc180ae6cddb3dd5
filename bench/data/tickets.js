// Help-desk tickets in many languages from a seed: what the benches measure on and the tokeniser is compared on.
const languages = require('./languages.js');

const byShare = languages.flatMap((language) => Array(language.share).fill(language));
const SYLLABLES = 'ka lo mi ren sto vel dar nor bi tan fer gu hal jo wes zim po ru sa the'.split(
	' ',
);
const EMOJI = ['🙂', '😡', '🙏🏽', '👍', '🎉', '🔥', '❤️', '👩‍💻', '🇩🇪', '✅', '⚠️'];
const SNIPPETS = [
	({ integer }) => `HTTP/1.1 ${integer(400, 599)} Service Unavailable`,
	({ integer }) => `ERR_CONNECTION_RESET (0x8007${integer(1000, 9999)})`,
	({ integer }) =>
		`    at handleRequest (/srv/app/src/router.ts:${integer(1, 900)}:${integer(1, 80)})\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`,
	({ integer }) =>
		`SELECT id, status FROM orders WHERE customer_id = ${integer(1, 99999)} AND status <> 'shipped';`,
	({ integer }) =>
		`{"orderId":${integer(1e6, 1e7)},"items":[{"sku":"AB-${integer(100, 999)}","qty":${integer(1, 9)}}],"paid":false}`,
	({ integer }) => `C:\\Users\\agent${integer(1, 99)}\\AppData\\Local\\Temp\\setup.log`,
	({ integer }) =>
		`2026-0${integer(1, 9)}-${integer(10, 28)}T0${integer(1, 9)}:${integer(10, 59)}:${integer(10, 59)}.${integer(100, 999)}Z WARN [worker-${integer(1, 16)}] retry ${integer(1, 5)}/5`,
	({ integer }) => `| Plan | Price |\n|------|-------|\n| Team | $${integer(5, 500)}.00 |`,
	({ integer }) => `git checkout -b fix/${integer(100, 9999)} && npm ci --ignore-scripts`,
	({ integer }) => `<p class="note">See &quot;Settings &gt; Billing&quot; (${integer(1, 30)}%)</p>`,
];

/** A text of about `length` characters. */
function createText(random, length, language = random.pick(byShare)) {
	let text = '';
	while (text.length < length) text += createSentence(random, language);
	return truncate(text, length).trimEnd();
}

function createSentence(random, language) {
	if (random.chance(0.05)) return `\n\n${random.pick(SNIPPETS)(random)}\n`;
	const clauses = Array.from({ length: random.integer(1, 3) }, () =>
		createClause(random, language),
	);
	const sentence = capitalize(clauses.join(language.pause)) + (random.chance(0.1) ? '!' : '');
	const end = random.chance(0.15) ? '\n' : language.stop;
	return sentence + (random.chance(0.03) ? ` ${random.pick(EMOJI)}` : '') + end;
}

function createClause(random, language) {
	return Array.from({ length: random.integer(3, 8) }, () => createWord(random, language)).join(
		language.glue,
	);
}

function createWord(random, language) {
	const { chance, integer, pick } = random;
	if (chance(0.94)) return random.pickEarly(language.words);
	if (chance(0.4)) return capitalize(createName(random));
	return pick([
		() => String(integer(1, 99999)),
		() => `${pick(['INV', 'PO', 'TCK', 'RMA'])}-${integer(1000, 999999)}`,
		() => `v${integer(1, 20)}.${integer(0, 40)}.${integer(0, 9)}`,
		() => `${createName(random)}.${createName(random)}@example.${pick(['com', 'org', 'net'])}`,
		() =>
			`https://www.example.com/${createName(random)}/${integer(1, 9999)}?ref=${createName(random)}`,
		() => `${integer(1, 12)}/${integer(1, 28)}/202${integer(3, 6)}`,
		() => `€${integer(1, 9999)},${integer(10, 99)}`,
		() =>
			pick(["don't", "it's", "I've", "we're", "can't", "they'll", "user's", 'e-mail', 'log-in']),
		() => random.pickEarly(language.words).toUpperCase(),
	])();
}

function createName(random) {
	return Array.from({ length: random.integer(2, 4) }, () => random.pick(SYLLABLES)).join('');
}

function capitalize(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Never through a surrogate pair. */
function truncate(text, length) {
	const cut = text.slice(0, length);
	return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** A ticket as a help desk exports it; its texts have 200 to 2,000 characters together. */
function createTicket(random, id) {
	const language = random.pick(byShare);
	const length = random.integer(200, 2000);
	const share = 0.2 + 0.6 * random.next();
	return {
		id,
		key: `HELP-${id}`,
		subject: createText(random, random.integer(15, 70), language),
		description: createText(random, Math.floor(length * share), language),
		answer: createText(random, Math.floor(length * (1 - share)), language),
		status: random.pick(['solved', 'closed']),
		tags: [random.pick(SYLLABLES), random.pick(SYLLABLES)],
		language: language.name,
	};
}

module.exports = { createText, createTicket, languages };

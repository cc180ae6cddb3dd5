import { linkTarget, markdownLink } from '../../../lib/text/markdown/links';
import { withoutHanging } from '../../support/withoutHanging';

test.each<[string, string | undefined]>([
	['https://x.example/a?b=1#c', 'https://x.example/a?b=1#c'],
	[' mailto:a@x.example\n', 'mailto:a@x.example'],
	['/relative', '/relative'],
	['file://files/customer', 'file://files/customer'],
	['https://x.example/a (b)|<c>', 'https://x.example/a%20%28b%29%7C%3Cc%3E'],
	['', undefined],
	['#top', undefined],
	['javascript:x()', undefined],
	['JAVA\tSCRIPT\n:x()', undefined],
	['\u0001javascript:x()', undefined],
	['vbscript:x', undefined],
	['data:text/html,x', undefined],
	['cid:image001.png@01DB', undefined],
	['about:blank', undefined],
	[
		'https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example%2Fa%3Fb%3D1&data=05%7Cjane%40x.example',
		'https://x.example/a?b=1',
	],
	[
		'https://nam02.safelinks.protection.outlook.com/ap/w-59/?url=javascript%3Ax()&data=05',
		undefined,
	],
	[
		'https://eur01.safelinks.protection.outlook.com/?url=%E0%A4%A&data=05',
		'https://eur01.safelinks.protection.outlook.com/?url=%E0%A4%A&data=05',
	],
	['https://urldefense.com/v3/__https://x.example/a__;!!abc$', 'https://x.example/a'],
])('%j leads to %j', (href, target) => {
	expect(linkTarget(href)).toBe(target);
});

test('very long addresses take no more than a moment', () => {
	withoutHanging(() => {
		linkTarget(`https://urldefense.com/v3/__https://${'_'.repeat(1_000_000)}`);
		linkTarget(`https://a.safelinks.protection.outlook.com/?${'&'.repeat(1_000_000)}`);
		linkTarget(' '.repeat(1_000_000));
	});
});

test.each<[string, string, string, string]>([
	['a text', 'docs', 'https://x.example', '[docs](https://x.example)'],
	['the address', 'x.example', 'https://x.example/', 'x.example'],
	['a telephone', '+49 30', 'tel:+49 30', '+49 30'],
	['nothing', '', 'https://x.example', ''],
	['balanced brackets', 'a [b]', 'https://x.example', '[a [b]](https://x.example)'],
	['other brackets', ']a[', 'https://x.example', '[\\]a\\[](https://x.example)'],
])('a link that shows %s', (_, text, href, expected) => {
	expect(markdownLink(text, text, href)).toBe(expected);
});

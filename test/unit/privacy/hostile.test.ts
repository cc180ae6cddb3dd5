import { Detector } from '../../../lib/privacy/detector';
import { PRIVATE_TYPES } from '../../../lib/privacy/types';
import { Redactor } from '../../../lib/privacy/redactor';
import { withoutHanging } from '../../support/withoutHanging';

const detector = new Detector({ types: PRIVATE_TYPES });
const UNITS = (
	'a|1|1 |12 |123 |a.|@|a@|a@a|1.|1-|(1|+1| |\n|a1 |eyJ|eyJ-|-----BEGIN |-----BEGIN PRIVATE KEY-----|://|a://|' +
	'a://b?token=x&|a://)|))))|password: |password:a |ssn 123456789 |dob 01.01.1990 |Weg 1 |Hauptstr. 1 |12 Baker |' +
	'1 Aa Bb Cc |Hi Jane |my name is |Regards,\n|a:|1:|ab:cd:|::|0x|DE89 |DE89370400440532013000 |sk-|AKIA|"@|x@[|' +
	'%40|a%40b|[~|@a |é|e\u0301|日本|card 4111111111111111 |phone 555-123-4567 |1 rue de la |p.o. box |[EMAIL_1]|[EMAIL_|' +
	'EMAIL_1|bc1q|1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa '
).split('|');
const LENGTH = 100_000;

test.each(UNITS)('100 kB of %j in linear time', (unit) => {
	const text = unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH);
	withoutHanging(() =>
		new Redactor(detector, { action: 'pseudonym' }).redactText(text, ['Jane Doe', 'a a a', '日本']),
	);
});

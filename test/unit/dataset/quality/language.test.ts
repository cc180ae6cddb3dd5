import { detectLanguage, LANGUAGE_NAMES } from '../../../../lib/dataset/quality/language';

/** Sentences as help desks get and give them; none of them was used to choose the small words. */
const SENTENCES: Array<[language: string, text: string]> = [
	[
		'en',
		'I have tried restarting the laptop twice, yet it still refuses to connect to our office network.',
	],
	[
		'en',
		'Go to Settings, choose Security and reset your password; you will get a confirmation by mail.',
	],
	['de', 'Seit gestern Nachmittag lässt sich der Drucker im dritten Stock nicht mehr ansprechen.'],
	['de', 'Öffnen Sie die Einstellungen und wählen Sie unter Konten die Schaltfläche Zurücksetzen.'],
	[
		'fr',
		'Depuis la mise à jour de lundi, je ne parviens plus à ouvrir mes factures dans le portail.',
	],
	[
		'fr',
		'Ouvrez les paramètres, puis choisissez votre compte et saisissez un nouveau mot de passe.',
	],
	['es', 'Desde ayer la impresora del segundo piso no responde y aparece un mensaje de error.'],
	['es', 'Abra la configuración, elija su cuenta y escriba una contraseña nueva para continuar.'],
	['pt', 'Desde ontem não consigo abrir as faturas no portal e aparece uma mensagem de erro.'],
	['pt', 'Abra as configurações, escolha a sua conta e digite uma nova senha para continuar.'],
	['it', 'Da ieri la stampante del secondo piano non risponde e appare un messaggio di errore.'],
	[
		'it',
		'Apra le impostazioni, scelga il suo account e inserisca una nuova password per continuare.',
	],
	[
		'nl',
		'Sinds gisteren reageert de printer op de tweede verdieping niet meer en krijg ik een foutmelding.',
	],
	['pl', 'Od wczoraj drukarka na drugim piętrze nie odpowiada i pojawia się komunikat o błędzie.'],
	['sv', 'Sedan igår svarar inte skrivaren på andra våningen och jag får ett felmeddelande.'],
	[
		'da',
		'Siden i går har printeren på anden sal ikke svaret, og jeg får blot en fejlmeddelelse af systemet.',
	],
	[
		'no',
		'Siden i går har skriveren i andre etasje ikke svart, og jeg får bare en feilmelding av systemet etter en stund.',
	],
	[
		'fi',
		'Tulostin ei ole vastannut eilisestä lähtien, ja saan vain virheilmoituksen, kun yritän tulostaa.',
	],
	[
		'cs',
		'Od včerejška tiskárna ve druhém patře neodpovídá a při tisku se zobrazí chybové hlášení, které nejde zavřít.',
	],
	['tr', 'Dünden beri ikinci kattaki yazıcı yanıt vermiyor ve bir hata mesajı görünüyor.'],
	['ro', 'De ieri imprimanta de la etajul doi nu mai răspunde și apare un mesaj de eroare.'],
	['hu', 'Tegnap óta nem válaszol a második emeleti nyomtató, és csak egy hibaüzenet jelenik meg.'],
	[
		'ru',
		'Со вчерашнего дня принтер на втором этаже не отвечает, и появляется сообщение об ошибке.',
	],
	[
		'uk',
		'Від учора принтер на другому поверсі не відповідає, і з’являється повідомлення про помилку.',
	],
	[
		'bg',
		'От вчера принтерът на втория етаж не отговаря и се появява съобщение за грешка, което не мога да затворя.',
	],
	['ar', 'منذ أمس لا تستجيب الطابعة في الطابق الثاني وتظهر رسالة خطأ على الشاشة.'],
	['he', 'מאתמול המדפסת בקומה השנייה אינה מגיבה ומופיעה הודעת שגיאה.'],
	['hi', 'कल से दूसरी मंज़िल का प्रिंटर काम नहीं कर रहा है और एक त्रुटि संदेश आता है।'],
	['th', 'ตั้งแต่เมื่อวานเครื่องพิมพ์ชั้นสองไม่ตอบสนองและมีข้อความแจ้งข้อผิดพลาด'],
	[
		'el',
		'Από χθες ο εκτυπωτής στον δεύτερο όροφο δεν ανταποκρίνεται και εμφανίζεται μήνυμα σφάλματος.',
	],
	['ja', '昨日から二階のプリンターが反応せず、エラーメッセージが表示されます。'],
	['zh', '从昨天开始，二楼的打印机没有响应，并且显示错误信息。'],
	['ko', '어제부터 2층 프린터가 응답하지 않고 오류 메시지가 나타납니다.'],
];

describe('detectLanguage', () => {
	test.each(SENTENCES)('tells %s', (language, text) => {
		const detected = detectLanguage(text);
		expect(detected.language).toBe(language);
		expect(detected.confidence).toBeGreaterThan(0.5);
		expect(detected.confidence).toBeLessThanOrEqual(1);
		expect(LANGUAGE_NAMES.has(language)).toBe(true);
	});

	test.each([
		'',
		'   ',
		'OK',
		'12345 67890',
		'https://example.com/the/and/of?is=it',
		'jane.doe@example.com',
		'INV-2041 SKU 88-1',
		'🙂🙂🙂',
		'qwrtz plmkn bvcxy',
		'function add(a, b) { return a_b.c + d.e }',
		'\0\0\0',
		'\ud83d\ud83d',
	])('says und to %p', (text) =>
		expect(detectLanguage(text)).toEqual({ language: 'und', confidence: 0 }),
	);

	test('addresses and code beside a sentence do not hide its language', () => {
		const text =
			'Bitte öffnen Sie https://example.com/the/settings/of/your/account und klicken Sie dann auf die Schaltfläche C:\\the\\and\\of.exe';
		expect(detectLanguage(text).language).toBe('de');
	});

	test('a foreign word or a name does not turn it', () => {
		expect(detectLanguage('請打開 Settings 並選擇您的帳戶以重設密碼 Windows').language).toBe('zh');
		expect(
			detectLanguage('Пожалуйста, откройте Outlook и выберите Settings, чтобы изменить пароль')
				.language,
		).toBe('ru');
	});

	test('two languages half and half are not told', () => {
		expect(
			detectLanguage(
				'the printer is not working and we have no idea | der Drucker ist nicht da und wir haben keine',
			).language,
		).toBe('und');
	});
});

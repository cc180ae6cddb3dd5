import fc from 'fast-check';

import { guessLanguage } from '../../../lib/slack/language';

test.each([
	['en', 'What was the main complaint in the survey?'],
	['de', 'Wie kann ich ein Passwort ändern und wo ist das Formular?'],
	['fr', 'Comment est-ce que je peux réserver une salle avec le portail ?'],
	['es', '¿Cómo puedo cambiar la contraseña y dónde está el formulario?'],
	['it', 'Dove posso trovare il modulo e come lo compilo con gli altri?'],
	['pt', 'Como posso mudar a senha e onde está o formulário, não sei?'],
	['nl', 'Hoe kan ik het wachtwoord wijzigen en waar is het formulier?'],
	['pl', 'Jak mogę zmienić hasło i gdzie jest formularz dla mnie?'],
	['ru', 'Как сменить пароль?'],
	['uk', 'Як змінити пароль, і де це є?'],
	['ja', 'パスワードを変更するにはどうすればよいですか'],
	['zh', '如何更改密码?'],
	['ko', '비밀번호를 어떻게 변경하나요?'],
	['ar', 'كيف أغير كلمة المرور؟'],
	['he', 'איך משנים סיסמה?'],
	['el', 'Πώς αλλάζω τον κωδικό;'],
	['hi', 'पासवर्ड कैसे बदलें?'],
	['th', 'เปลี่ยนรหัสผ่านอย่างไร'],
	[undefined, ''],
	[undefined, 'VPN 42'],
	[undefined, 'constructor __proto__'],
	['en', 'What does the sign Ω in the manual of the meter mean?'],
])('%s: %s', (language, text) => {
	expect(guessLanguage(text)).toBe(language);
});

test('takes any text', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (text) => {
			expect(guessLanguage(text) ?? 'xx').toMatch(/^[a-z]{2}$/);
		}),
	);
});

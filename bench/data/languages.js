// Words of help-desk tickets in fifteen languages, commonest first, written for this project.
// `glue` joins the words of a clause (languages written without spaces have none), `pause` clauses, `stop` sentences.
const words = (text) => text.trim().split(/\s+/);

module.exports = [
	{
		name: 'English',
		share: 10,
		glue: ' ',
		pause: ', ',
		stop: '. ',
		words:
			words(`the to I and a is of it in not you my for that we on with this have was can are but be when at
			your please error from our after account since an or if as by does customer will any page email what how
			they has password login order getting shows still invoice update screen button team work into using user
			number help issue trying tried same works file only message app see then again all there new version server
			get system which click no been before address one open could would also now just problem access set up out
			report browser time data were changed phone need back working two support send request cannot upload link
			installed first other received day should some days today yesterday device print printer office shared group
			over field database settings service network connection expired restart license renewal subscription
			shipping delivered package refund payment card declined bank transfer monthly plan upgrade downgrade trial
			cancelled contract billing department manager approval pending workflow export import spreadsheet column
			formula dashboard chart filter search results missing duplicate record deleted restored backup snapshot
			cluster node memory disk full latency timeout retry queue webhook endpoint token certificate renew domain
			redirect mailbox calendar meeting invitation attachment signature spam quarantine phishing laptop docking
			station monitor keyboard headset battery charger firmware driver bluetooth wireless hotspot firewall proxy
			permission role policy group membership directory sync provisioning onboarding offboarding survey workplace
			environment rating complaint feedback response agent escalation priority severity resolved reopened closed
			thanks regards hello dear unfortunately immediately apparently sometimes previously accidentally carefully
			warehouse inventory barcode scanner mismatch shipment courier tracking customs pallet forecast supplier
			localization translated timezone daylight reconciliation misconfigured unresponsive intermittently
			reproducible workaround troubleshooting documentation knowledgebase screenshot attached below verified
			confirmed reassigned acknowledged`),
	},
	{
		name: 'German',
		share: 3,
		glue: ' ',
		pause: ', ',
		stop: '. ',
		words:
			words(`die der ich und nicht das ist wir in bitte zu mit auf von den seit haben ein eine bei für es sich
			kann werden nach noch wird Sie Rechnung Passwort Fehlermeldung Konto Kunde Anmeldung gestern Bestellung
			funktioniert leider Drucker Bildschirm zurückgesetzt Zugriff Berechtigung Freigabe Benutzer Aktualisierung
			Verbindung abgelaufen Zahlung Überweisung Mahnung Vertrag gekündigt Lieferung Sendungsnummer verspätet
			Vielen Dank Grüße freundlichen Geschäftsführung Datenschutzbeauftragte Softwareaktualisierung Einstellungen
			Netzwerkverbindung heruntergeladen überprüft möglicherweise außerdem während größer Straße müssten könnten
			Krankenversicherungsnummer Arbeitsunfähigkeitsbescheinigung Systemadministrator Wiederherstellung`),
	},
	{
		name: 'French',
		share: 3,
		glue: ' ',
		pause: ', ',
		stop: '. ',
		words:
			words(`de la le je et à les des pas est que vous en un une nous pour sur mon ne dans plus avec depuis
			compte facture mot passe erreur commande client problème écran mise jour hier toujours bonjour merci
			l'application n'arrive d'accès j'ai c'est aujourd'hui connexion remboursement paiement refusé carte bancaire
			abonnement résilié livraison retardée imprimante réseau serveur expiré réinitialiser télécharger fichier
			joint capture d'écran vérifier paramètres administrateur sécurité sauvegarde récupérée cordialement
			s'affiche lorsqu'on quelqu'un malheureusement fonctionnalité indisponible déjà où être même très`),
	},
	{
		name: 'Spanish',
		share: 3,
		glue: ' ',
		pause: ', ',
		stop: '. ',
		words:
			words(`de no la el que y en a mi los por con para una un es se me del las desde cuenta factura contraseña
			error pedido cliente pantalla ayer sigue gracias buenos días correo acceso pago rechazado tarjeta reembolso
			suscripción cancelada envío retrasado impresora red servidor caducado restablecer descargar archivo adjunto
			configuración administrador seguridad copia recuperada atentamente sesión número también después aplicación
			actualización funcionó todavía señor mañana ¿cómo ¿por qué está aún`),
	},
	{
		name: 'Portuguese',
		share: 2,
		glue: ' ',
		pause: ', ',
		stop: '. ',
		words:
			words(`de a o não que e em para com um uma os do da meu minha desde conta fatura senha erro pedido cliente
			tela ontem continua obrigado acesso pagamento recusado cartão reembolso assinatura cancelada entrega atrasada
			impressora rede servidor expirado redefinir baixar arquivo anexo configuração administrador segurança cópia
			recuperada atenciosamente sessão número também você já está são atualização informação`),
	},
	{
		name: 'Italian',
		share: 2,
		glue: ' ',
		pause: ', ',
		stop: '. ',
		words:
			words(`di il la non che e in per con un una è mi del della dal account fattura password errore ordine
			cliente schermata ieri ancora grazie l'accesso pagamento rifiutato carta rimborso abbonamento annullato
			spedizione ritardo stampante rete server scaduto reimpostare scaricare allegato impostazioni amministratore
			sicurezza cordiali saluti perché più già dell'utente nell'applicazione aggiornamento`),
	},
	{
		name: 'Polish',
		share: 2,
		glue: ' ',
		pause: ', ',
		stop: '. ',
		words:
			words(`nie w i na się z do jest to że od po jak mam proszę konto faktura hasło błąd zamówienie klient
			ekran wczoraj nadal dziękuję dostęp płatność odrzucona karta zwrot subskrypcja anulowana przesyłka
			opóźniona drukarka sieć serwer wygasł zresetować pobrać załącznik ustawienia administrator bezpieczeństwo
			pozdrawiam również żeby już można źródło ćwiczenie łącze`),
	},
	{
		name: 'Turkish',
		share: 2,
		glue: ' ',
		pause: ', ',
		stop: '. ',
		words:
			words(`ve bir bu için de çok ile ama şifre hesap fatura hata sipariş müşteri ekran dün hâlâ teşekkürler
			erişim ödeme reddedildi kart iade abonelik iptal kargo gecikti yazıcı ağ sunucu süresi doldu sıfırlamak
			indirmek ekte ayarlar yönetici güvenlik yedek saygılarımla görünüyor çalışmıyor giriş yapamıyorum
			İstanbul'daki güncelleştirmelerimizden`),
	},
	{
		name: 'Russian',
		share: 2,
		glue: ' ',
		pause: ', ',
		stop: '. ',
		words:
			words(`не в и на я с что мы по это не у для как но после пароль счёт учётная запись ошибка заказ клиент
			экран вчера всё ещё спасибо доступ оплата отклонена карта возврат подписка отменена доставка задерживается
			принтер сеть сервер истёк сбросить скачать файл вложение настройки администратор безопасность копия
			восстановлена уважением здравствуйте пожалуйста обновление приложения подтверждение`),
	},
	{
		name: 'Arabic',
		share: 2,
		glue: ' ',
		pause: ', ',
		stop: '. ',
		words:
			words(`في من على لا إلى أن هذا مع لم بعد عند كلمة المرور حساب فاتورة خطأ طلب عميل شاشة أمس شكرا الوصول
			الدفع مرفوض بطاقة استرداد اشتراك ملغى شحن متأخر طابعة شبكة خادم منتهي إعادة تعيين تنزيل ملف مرفق إعدادات
			مسؤول أمان نسخة مع التحية رجاءً يَظهر`),
	},
	{
		name: 'Hindi',
		share: 2,
		glue: ' ',
		pause: ', ',
		stop: '। ',
		words: words(`में है के की नहीं का से को और पर मेरा यह हम कृपया पासवर्ड खाता चालान त्रुटि आदेश ग्राहक स्क्रीन
			कल अभी धन्यवाद पहुँच भुगतान अस्वीकृत कार्ड वापसी सदस्यता रद्द वितरण विलंब प्रिंटर नेटवर्क सर्वर समाप्त
			रीसेट डाउनलोड फ़ाइल संलग्न सेटिंग्स व्यवस्थापक सुरक्षा प्रतिलिपि`),
	},
	{
		name: 'Japanese',
		share: 2,
		glue: '',
		pause: '、',
		stop: '。',
		words:
			words(`の は を が に で と も から パスワード アカウント 請求書 エラー 注文 お客様 画面 昨日 まだ 表示されます
			ログインできません 支払い 拒否されました カード 返金 サブスクリプション 解約 配送 遅延 プリンター ネットワーク
			サーバー 期限切れ 再設定 ダウンロード ファイル 添付 設定 管理者 セキュリティ バックアップ よろしくお願いいたします
			確認してください 更新後 アプリケーション`),
	},
	{
		name: 'Chinese',
		share: 2,
		glue: '',
		pause: '、',
		stop: '。',
		words:
			words(`的 我 不 了 在 是 我们 请 无法 登录 密码 账户 发票 错误 订单 客户 屏幕 昨天 仍然 谢谢 访问 付款 被拒绝 信用卡
			退款 订阅 取消 发货 延迟 打印机 网络 服务器 过期 重置 下载 文件 附件 设置 管理员 安全 备份 恢复 更新 之后 应用程序 顯示 問題`),
	},
	{
		name: 'Korean',
		share: 2,
		glue: ' ',
		pause: ', ',
		stop: '. ',
		words:
			words(`이 는 을 를 안 에서 수 있습니다 비밀번호 계정 청구서 오류 주문 고객 화면 어제 여전히 감사합니다 접근 결제
			거절되었습니다 카드 환불 구독 취소 배송 지연 프린터 네트워크 서버 만료 재설정 다운로드 파일 첨부 설정 관리자 보안 백업
			업데이트 후에 애플리케이션`),
	},
	{
		name: 'Thai',
		share: 1,
		glue: '',
		pause: ' ',
		stop: ' ',
		words:
			words(`ที่ ไม่ ได้ และ ใน ของ การ เข้าสู่ระบบ รหัสผ่าน บัญชี ใบแจ้งหนี้ ข้อผิดพลาด คำสั่งซื้อ ลูกค้า หน้าจอ เมื่อวาน
			ขอบคุณ การชำระเงิน ถูกปฏิเสธ บัตร คืนเงิน การสมัคร ยกเลิก จัดส่ง ล่าช้า เครื่องพิมพ์ เครือข่าย เซิร์ฟเวอร์ หมดอายุ`),
	},
];

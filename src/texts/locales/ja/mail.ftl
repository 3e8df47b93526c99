## どの手紙にもあるもの
mail-dear = { $name } 様
mail-sender = 右腕 Migiude 事務局
    { $origin }
mail-once = このリンクは一度だけお使いいただけます。期限がございますので、お早めにお開きください。ほかの方へは転送なさらないでください。
mail-not-you = お心当たりのない場合は、どなたかがメールアドレスを打ち間違えたものと思われます。恐れ入りますが、このメールは破棄してくださいますようお願いいたします。
mail-no-reply = このメールは送信専用です。ご不明な点がございましたら、サイトにログインのうえ、担当の地域の人事部までご連絡ください。
mail-link-again = ボタンが開かない場合は、次のアドレスをブラウザーに貼り付けてください。
mail-japan-time = { $at }（日本時間）
mail-round = 第{ $n }回
mail-ranks = { $n }件

## 大切な事がら
mail-fact-by = ご招待した方
mail-fact-role = お役割
mail-fact-of = ご所属
mail-fact-what = 変更した内容
mail-fact-firm = 企業
mail-fact-opening = 募集
mail-fact-note = 担当からのご説明
mail-fact-public = 公開の日時
mail-fact-until = 期限
mail-fact-from = 始まり
mail-fact-to = 終わり
mail-fact-place = 場所
mail-fact-round = 募集回
mail-fact-receipt = 受付番号
mail-fact-ranks = 順位を付けた数
mail-fact-certified = 確定した日時
mail-fact-commitment = 控えの符号
mail-role-candidate = 候補者
mail-role-firm = 企業の担当者
mail-role-operator = 運営者（地域の人事部）
mail-role-partner = 連携機関の担当者
mail-role-secretariat = 事務局
mail-role-administrator = システム管理者
mail-what-password = パスワード
mail-what-passkey = パスキー
mail-what-second-factor = 二つ目の本人確認
mail-what-mail = メールアドレス
mail-what-recovery-codes = 回復コード
mail-what-other = ログインの設定

## 登録とログイン
mail-register-subject = 【右腕 Migiude】ご登録の続きのご案内
mail-register-news = このたびは、右腕 Migiude へご登録のお申し込みをいただき、誠にありがとうございます。
mail-register-next = 下のリンクを開き、ご登録をお済ませくださいますようお願いいたします。
mail-register-link = 登録を続ける
mail-already-registered-subject = 【右腕 Migiude】すでにご登録いただいております
mail-already-registered-news = このメールアドレスで、新しいご登録のお申し込みをいただきました。すでにご登録いただいているため、新しいアカウントはお作りしておりません。
mail-already-registered-next = 下のページからログインしてくださいますようお願いいたします。パスワードをお忘れの場合も、同じページからお手続きいただけます。
mail-already-registered-link = ログインのページを開く
mail-invitation-subject = 【右腕 Migiude】ご招待のご案内
mail-invitation-news = 右腕 Migiude へのご招待をお預かりしております。
mail-invitation-next = 内容をお確かめのうえ、下のリンクからお受けくださいますようお願いいたします。
mail-invitation-link = 招待を受ける
mail-recover-subject = 【右腕 Migiude】パスワード再設定のご案内
mail-recover-news = パスワードの再設定のお申し込みを承りました。
mail-recover-next = 下のリンクを開き、新しいパスワードをお決めくださいますようお願いいたします。お手続きが済むまで、今のパスワードは変わりません。
mail-recover-link = 新しいパスワードを決める
mail-security-changed-subject = 【右腕 Migiude】ログインの設定が変わりました
mail-security-changed-news = お客様のアカウントで、ログインの設定が変更されました。
mail-security-changed-next = ご自身で変更なさった場合は、お手続きは要りません。お心当たりのない場合は、すぐにアカウントのページを開き、ログイン中の端末をお確かめのうえ、パスワードをお変えください。
mail-security-changed-link = アカウントのページを開く

## 募集
mail-posting-submitted-subject = 【右腕 Migiude】募集の確認依頼が届きました
mail-posting-submitted-news = 企業から、募集の公開前の確認依頼が届きました。
mail-posting-submitted-next = 内容をご確認のうえ、承認または差し戻しをお願いいたします。
mail-posting-submitted-link = 募集を確認する
mail-posting-returned-subject = 【右腕 Migiude】募集に手直しのお願いがございます
mail-posting-returned-news = ご提出いただいた募集を、担当が拝見いたしました。公開の前に、手直しをお願いしたいところがございます。
mail-posting-returned-next = 担当からのご説明をご覧のうえ、手直しをして、もう一度ご提出くださいますようお願いいたします。これまでの入力は残っております。
mail-posting-returned-link = 募集を手直しする
mail-posting-approved-subject = 【右腕 Migiude】募集の公開が決まりました
mail-posting-approved-news = ご提出いただいた募集を承認いたしました。下の日時から公開いたします。
mail-posting-approved-next = 公開後のページを、一度ご確認くださいますようお願いいたします。公開は、いつでもご自身の画面から取り下げられます。
mail-posting-approved-link = 募集のページを見る
mail-posting-stale-subject = 【右腕 Migiude】募集の内容はお変わりございませんか
mail-posting-stale-news = 公開中の募集について、しばらくご確認をいただいておりません。期限までにご確認がない場合は、自動で公開を終わります。
mail-posting-stale-next = 期限までに募集のページを開き、「内容に変わりはない」を押すか、内容をお直しくださいますようお願いいたします。
mail-posting-stale-link = 募集を確認する
mail-posting-expired-subject = 【右腕 Migiude】募集の公開を終わりました
mail-posting-expired-news = ご確認をいただけなかったため、募集の公開を終わりました。内容は残っております。
mail-posting-expired-next = 引き続き募集なさる場合は、内容をお確かめのうえ、もう一度ご提出くださいますようお願いいたします。
mail-posting-expired-link = 募集を開く

## 応募
mail-application-received-subject = 【右腕 Migiude】ご応募がありました
mail-application-received-news = 募集に、応募がございました。
mail-application-received-next = 期限までに応募の内容をご覧になり、お返事をくださいますようお願いいたします。お返事が遅れますと、応募した方のお気持ちが離れてしまうことがございます。
mail-application-received-link = 応募を見る
mail-application-moved-subject = 【右腕 Migiude】応募の状況が変わりました
mail-application-moved-news = ご応募の状況に動きがございました。
mail-application-moved-next = くわしい内容と次にしていただくことは、応募のページをご覧くださいますようお願いいたします。
mail-application-moved-link = 応募の状況を見る
mail-answer-due-subject = 【右腕 Migiude】お返事の期限が近づいております
mail-answer-due-news = 相手の方が、お返事をお待ちになっています。
mail-answer-due-next = 期限までに、応募のページからお返事をくださいますようお願いいたします。決めかねておいでのときは、その旨だけでもお伝えください。
mail-answer-due-link = 返事をする
mail-message-waiting-subject = 【右腕 Migiude】新しいメッセージがあります
mail-message-waiting-news = 新しいメッセージが届いております。
mail-message-waiting-next = ログインのうえ、お読みくださいますようお願いいたします。
mail-message-waiting-link = メッセージを読む
mail-visit-booked-subject = 【右腕 Migiude】ご予約を承りました
mail-visit-booked-news = 下のとおり、ご予約を承りました。添付のファイルを開くと、お手元の予定表に入ります。
mail-visit-booked-next = 当日は、お気を付けてお越しくださいますようお願いいたします。ご都合が悪くなったときは、お早めに下のページからお取り消しください。
mail-visit-booked-link = 予約を見る
mail-visit-cancelled-subject = 【右腕 Migiude】ご予約が取り消されました
mail-visit-cancelled-news = 下のご予約は、取り消されました。添付のファイルを開くと、お手元の予定表からも消えます。
mail-visit-cancelled-next = ほかの日時は、下のページからお選びいただけます。
mail-visit-cancelled-link = 予約のページを開く

## 希望順位表
mail-list-certified-subject = 【右腕 Migiude】希望順位表の確定を承りました
mail-list-certified-news = 希望順位表の確定を承りました。順位の中身は、このメールには書いておりません。
mail-list-certified-next = 控えとして、このメールをお手元に残してくださいますようお願いいたします。中身を変えると確定は取り消され、もう一度確定していただくまで、組み合わせには加わりません。
mail-list-certified-link = 控えを見る
mail-list-uncertified-subject = 【右腕 Migiude】希望順位表は確定されておりません
mail-list-uncertified-news = 確定した希望順位表が変更されたため、確定が取り消されました。
mail-list-uncertified-next = このままでは組み合わせに加わりません。期限までに、もう一度確定してくださいますようお願いいたします。
mail-list-uncertified-link = 希望順位表を確定する
mail-round-closes-subject = 【右腕 Migiude】希望順位表の締切が近づいております
mail-round-closes-news = 希望順位表が、まだ確定されておりません。
mail-round-closes-next = 期限を過ぎると、今回の組み合わせには加わりません。期限までに順位を決め、確定してくださいますようお願いいたします。
mail-round-closes-link = 希望順位表を開く

## 一緒に動く二人
mail-couple-asked-subject = 【右腕 Migiude】一緒に動きたいという申し出がございます
mail-couple-asked-news = あなたと一緒に移りたいという方から、申し出がございました。
mail-couple-asked-next = どなたからの申し出かをお確かめのうえ、お受けになるか、お断りになるかをお選びください。お受けになるまで、何も変わりません。
mail-couple-asked-link = 申し出を見る
mail-couple-agreed-subject = 【右腕 Migiude】お二人の希望を合わせて扱います
mail-couple-agreed-news = お相手が申し出をお受けになりました。次の募集回から、お二人の希望を合わせて扱います。
mail-couple-agreed-next = お二人の条件を、下のページでお確かめくださいますようお願いいたします。
mail-couple-agreed-link = 二人の条件を見る

## 退会
mail-deleted-subject = 【右腕 Migiude】退会のお手続きが済みました
mail-deleted-news = お申し出のとおり、お預かりしていた情報を削除いたしました。法律で残すことになっている記録だけは、期限まで保管いたします。
mail-deleted-next = これまでお使いいただき、誠にありがとうございました。お手続きは、ほかにはございません。

## 運営者のページ
mail-op-title = 送った手紙
mail-op-lead = サイトから送る手紙の一覧です。届かなかったものは、理由を見て、もう一度送れます。
mail-op-choose = 表示する手紙
mail-op-all = すべて
mail-state-waiting = 送信待ち
mail-state-sent = 送信済み
mail-state-failed = 送れませんでした
mail-state-cancelled = 取りやめ
mail-op-failed = { $n }通を送れませんでした。理由を見て、宛先を直すか、もう一度送ってください。
mail-op-troubled = { $n }通が一度送れず、次の送信を待っています。自動でもう一度送ります。
mail-op-next-try = 送信待ち（{ $tries }回試しました。次は{ $at }）
mail-op-none = 手紙はありません。
mail-op-what = 手紙
mail-op-to = 宛先
mail-op-state = 状態
mail-op-made = 依頼した日時
mail-op-sent-at = 送った日時
mail-op-trouble = 送れなかった理由
mail-op-retry = もう一度送る
mail-op-not-kept = 手紙の中身は、送ったあとはここに残しません。
mail-kind-register = 登録の続き
mail-kind-already-registered = すでに登録がある
mail-kind-invitation = 招待
mail-kind-recover = パスワードの再設定
mail-kind-security-changed = ログインの設定の変更
mail-kind-posting-submitted = 募集の確認依頼
mail-kind-posting-returned = 募集の差し戻し
mail-kind-posting-approved = 募集の公開
mail-kind-posting-stale = 募集の内容の確認
mail-kind-posting-expired = 募集の公開終了
mail-kind-application-received = 応募があった
mail-kind-application-moved = 応募の状況の変化
mail-kind-answer-due = 返事の期限
mail-kind-message-waiting = 新しいメッセージ
mail-kind-visit-booked = 予約
mail-kind-visit-cancelled = 予約の取り消し
mail-kind-list-certified = 希望順位表の確定
mail-kind-list-uncertified = 希望順位表の確定の取り消し
mail-kind-round-closes = 希望順位表の締切
mail-kind-couple-asked = 一緒に動きたいという申し出
mail-kind-couple-agreed = 一緒に動く二人の合意
mail-kind-deleted = 退会
mail-kind-plain = 担当からの手紙

## どのページにもあるもの
web-skip = 本文へ進む
web-nav = 主なページ
web-nav-openings = 募集をさがす
web-nav-operators = 地域の人事部
web-nav-login = 運営者のログイン
web-nav-op = 運営者のページ
web-nav-logout = ログアウト
web-other-language = English
web-crumbs = 現在の位置
web-pages = ページの移動
web-before = 前のページ
web-after = 次のページ
web-next = 次にすること
web-choose = 選んでください
web-help = お困りのときは、お住まいの地域の人事部へご相談ください。一覧は「地域の人事部」のページにあります。
web-no-tracking = このサイトは、外部のサービスへ何も送りません。
web-fictional-word = 架空
web-fictional = ここに出てくる企業・人・募集は、説明のために作ったものです。実在しません。
web-go-home = 最初のページへ
web-go-openings = 募集をさがす
web-form-errors = 次のところを直してください
web-as-of = { $day }時点の情報です。
web-year = { $year }年
web-round-number = 第{ $n }回

## 最初のページ
web-home-name = 最初のページ
web-home-title = 右腕になる人と、後を任せたい会社を結ぶ
web-home-lead = 後継ぎや経営の右腕を探す地域の中小企業と、力を貸したい人を、地域の人事部が間に立って結びます。いきなり決めるのではなく、まず一緒に働いてみる「お試し」から始めます。
web-home-whom = だれのためのサイトか
web-home-person = 力を貸したい方へ
web-home-person-text = 週1日・リモートから、後継ぎや経営の右腕として働いてみる募集があります。会社の名前も、任せる範囲も、条件も、はじめから見られます。
web-home-firm = 後を任せたい会社の方へ
web-home-firm-text = 募集は、お近くの地域の人事部を通して載せます。まずはご相談ください。
web-home-desk = 地域の人事部の方へ
web-home-desk-text = 募集回を開き、双方の希望順位表をもとに組み合わせを計算し、検算して公表します。
web-home-how = 組み合わせの決まり方
web-home-how-1 = 募集を見て、会社と話します。
web-home-how-2 = 働きたい順に会社を並べます。会社も、来てほしい順に人を並べます。
web-home-how-3 = 締切のあと、両方の順番をもとに、だれも「お互いに今より良い相手」を見逃さない組み合わせを計算します。計算の結果は、別の手順でもう一度確かめます。
web-home-how-4 = 結果は一人ひとりに専用のリンクでお知らせし、お試しが始まります。
web-home-rounds = 募集回の予定
web-home-no-rounds = いま予定されている募集回はありません。決まりしだい、ここに載せます。

## 募集をさがす
web-search-title = 募集をさがす
web-search-label = 言葉でさがす
web-search-example = 例：番頭　週一　酒
web-search-button = さがす
web-search-hint = 仕事、地域、働き方など、思いついた言葉で大丈夫です。似た意味の言葉も一緒にさがします。
web-search-narrow = しぼり込む
web-search-more = ほかも見る
web-search-in-force = いまの条件：
web-search-remove = 「{ $what }」を外す
web-search-results = 見つかった募集
web-search-total = { $total }件
web-search-span = （{ $from }〜{ $to }件目）
web-search-sort = 並べ方：
web-search-best = 合う順
web-search-newest = 新しい順
web-search-why = 見つかったわけ：
web-search-nothing = この条件に合う募集は、いまありません。条件をゆるめると見つかります。
web-search-nothing-yet = 公開している募集は、まだありません。地域の人事部が募集を載せると、ここに出ます。
web-search-past-end = このページより前に募集があります。最初のページからご覧ください。
web-search-without = 「{ $what }」を外してさがす
web-search-words-only = 条件をすべて外し、言葉だけでさがす
web-search-everything = すべての募集を見る
web-search-too-long = さがす言葉は{ $most }文字以内にしてください。
web-search-bad-page = ページの番号が正しくありません。0から{ $most }までの数で指定してください。
web-until = 締切 { $day }
web-remote = リモート { $share }

## 募集
web-opening-mission = 任せたいこと
web-opening-work = 仕事の内容
web-opening-limits = 任せない範囲
web-opening-wanted = 求める人
web-opening-skills = あるとうれしい経験
web-opening-conditions = 条件
web-opening-contract = 契約の形
web-opening-pay = 報酬
web-opening-days = 働く日数
web-opening-hours = 就業時間
web-opening-remote = リモート
web-opening-place = 場所
web-opening-length = 期間
web-opening-start = 開始
web-opening-seats = 人数
web-opening-deadline = 応募の締切
web-opening-changes = 変更の範囲
web-opening-probation = 試用期間
web-opening-insurance = 社会保険
web-opening-smoking = 受動喫煙の対策
web-opening-over = 応募の締切を過ぎています。
web-opening-next = 気になったら、まず地域の人事部へご相談ください。会社との面談は、人事部が間に立って決めます。
web-opening-ask = 地域の人事部をさがす
web-seats = { $seats }人
web-days-week = 週{ $days }日
web-days-month = 月{ $times }回
web-remote-none = なし
web-remote-full = すべてリモート
web-pay-month = 月額
web-pay-hour = 時給
web-pay-day = 日額
web-pay-year = 年額
web-pay-success = 成果報酬
web-pay-unpaid = 無償
web-length-months = { $months }か月
web-length-unlimited = 期間の定めなし
web-start-any = いつでも

## 会社
web-firm-kana = よみ
web-firm-place = 所在地
web-firm-industry = 業種
web-firm-founded = 創業
web-firm-number = 法人番号
web-firm-about = 会社について
web-firm-openings = この会社の募集
web-firm-no-openings = いま公開している募集はありません。

## 地域の人事部
web-operators-title = 地域の人事部
web-operators-lead = 会社と人の間に立ち、募集の準備から、お試しのあとまで付き添う窓口です。
web-operators-none = 登録されている地域の人事部は、まだありません。

## ログインと設定
web-login-title = 運営者のログイン
web-login-lead = 地域の人事部で運営を担当する方のためのページです。募集を見るのにログインはいりません。
web-login-name = ログイン名
web-login-password = パスワード
web-login-button = ログインする
web-login-help = 30分操作がないとき、またはログインから12時間たつと、もう一度ログインが必要になります。
web-setup-title = 最初の設定
web-setup-lead = サーバーを起動した画面に出た設定コードを使って、最初の運営者を登録します。登録できるのは一度だけです。
web-setup-code = 設定コード
web-setup-code-hint = 例：ABCD-EFGH-JKLM-NPQR。大文字と小文字、ハイフンの有無は区別しません。
web-setup-desk = 地域の人事部の名前
web-setup-desk-hint = 「地域の人事部」のページに載り、だれでも見られます。
web-setup-prefecture = 都道府県
web-setup-about = 紹介文（なくてもかまいません）
web-setup-about-hint = だれでも見られます。1000文字まで。
web-setup-login-hint = 半角の英字・数字と「- _ . @」。3文字以上。ほかの人には見えません。
web-setup-password-hint = 12文字以上。記号や数字を混ぜる必要はありません。短い文にすると覚えやすくなります。
web-setup-button = 登録して始める

## 結果
web-result-title = 募集回の結果
web-link-lead = このリンクは、あなた専用です。下のボタンを押すと、結果のページが開きます。
web-link-open = 結果を見る
web-link-once = このリンクが使えるのは一度だけです。開いたあとは、同じ端末で2週間、結果をもう一度見られます。
web-link-new = 結果をもう一度見たいときは、リンクを送った地域の人事部へ「新しいリンクがほしい」とお伝えください。すぐに作り直せます。
web-link-back = この端末で開いたことがあるときは、こちらから結果を見られます
web-result-waiting = 結果はまだ公表されていません。公表されると、このページで見られます。
web-result-pairs = 組み合わせが決まりました
web-result-none = 今回は組み合わせがありませんでした
web-result-next = このあとは、地域の人事部からご連絡します。急ぐときは、こちらから人事部へご連絡ください。
web-result-who-sees = このページは、あなたと、組み合わせを公表した地域の人事部だけが見られます。

## うまくいかないとき
web-error-400-title = この指定では表示できません
web-error-400 = アドレスか条件の書き方を直してください。
web-error-403-title = この操作はできません
web-error-403 = 別のサイトから送られたおそれがあるため、受け付けませんでした。このサイトのページを開き直して、もう一度お試しください。
web-error-404-title = ページが見つかりません
web-error-404 = アドレスが違うか、公開が終わったか、ご覧になれないページです。
web-error-405-title = この操作はできません
web-error-405 = このページでは受け付けていない操作です。前のページに戻って、ボタンからやり直してください。
web-error-408-title = 時間がかかりすぎました
web-error-408 = 送信が途中で止まったため、何も保存していません。もう一度お試しください。
web-error-409-title = 状況が変わりました
web-error-409 = ページを開いたあとに状況が変わったため、操作をとりやめました。何も変わっていません。
web-error-413-title = 送られた内容が大きすぎます
web-error-413 = 何も保存していません。内容を短くして、もう一度お試しください。
web-error-422-title = 送られた内容を読み取れません
web-error-422 = 足りない項目があるか、形が違います。前のページに戻って、もう一度お試しください。
web-error-429-title = しばらくお待ちください
web-error-429 = 続けて何度も試されたため、受け付けを止めています。15分ほどたってから、もう一度お試しください。
web-error-500-title = こちらの不具合です
web-error-500 = 申し訳ありません。処理の途中で不具合が起きました。途中までの変更は残っていません。
web-error-503-title = 混み合っています
web-error-503 = 少し待ってから、同じ操作をもう一度お試しください。
web-error-no-link = 結果のページは、地域の人事部から届いた専用のリンクから開いてください。リンクを開いてから2週間が過ぎたときは、人事部へ新しいリンクをお求めください。
web-error-incident = お問い合わせのときは、この番号をお伝えください：

## 運営者のページ
web-op-title = 運営者のページ

## 項目に添える説明
look-must = 必須
look-why = お聞きする理由：{ $why }
look-seen-by = 見る人：{ $who }
look-kept = 残る期間：{ $until }

seen-by-everybody = だれでも見られます
seen-by-members = このサイトに登録した人
seen-by-firm-applied = 企業のうち、あなたが応募した先だけ
seen-by-desk = 地域の人事部の担当だけ
seen-by-self = あなただけ
seen-by-nobody-else = あなたのほかには、だれも見ません

kept-account = 退会するまで
kept-round = その募集回が終わるまで。そのあと、検証のための保管期間だけ残ります
kept-posting = 募集を終えるまで。そのあと、法律で定められた期間だけ残ります

## 見本
look-sample-title = 部品の見本
look-sample-lead = このサイトのページを作る部品を、すべての状態で並べています。架空の地域だけで開けます。
look-sample-fields = 入力項目の見本
look-sample-states = 状態
look-sample-state-empty = 入力前
look-sample-state-filled = 入力済み
look-sample-state-wrong = 直すところあり
look-sample-fault = この見本では、わざと直すところありにしています。「入力済み」を選ぶと消えます。
look-sample-send = この内容で進む
look-sample-days-none = 決めていない
look-sample-days-one = 週1日
look-sample-days-two = 週2日
field-sample-headline = ひとことで言うと
field-sample-headline-hint = 例：酒蔵の営業を二十年
field-sample-headline-why = 企業が最初に読む一行だからです
field-sample-story = これまでの仕事
field-sample-story-hint = 年の順でなくてかまいません。
field-sample-story-why = 任せられる仕事を企業が考えるためです
field-sample-days = 働ける日数
field-sample-days-hint = いちばん近いものを選んでください。
field-sample-days-why = 募集の日数と合うかを確かめるためです
field-sample-contract = 希望する契約
field-sample-contract-hint = あとから変えられます。
field-sample-contract-why = 契約の形で、お伝えする条件が変わるためです
field-sample-wishes = 相談したい日数
field-sample-wishes-hint = いくつ選んでもかまいません。
field-sample-wishes-why = 面談の前に話を進めておくためです
field-sample-agree = 内容を確かめました
field-sample-agree-hint = 送ったあとも直せます。
field-sample-agree-why = 思いがけない送信を防ぐためです

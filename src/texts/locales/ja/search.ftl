search-store = データベースに問題があり、検索できません。（{ $cause }）
search-busy = ほかの処理が検索の索引を書いています。少し待ってから、もう一度行ってください。
search-index = 検索の索引に問題があり、作り直せませんでした。データは失われていません。ディスクの空きと権限を確かめてから、migiude index rebuild を行ってください。（{ $cause }）
search-disk = 検索の索引のフォルダ { $at } を使えません。データは失われていません。場所、権限、ディスクの空きを確かめてください。（{ $cause }）
search-interrupted = 検索が途中で終わりました。もう一度行ってください。
search-bad-filter = 絞り込み「{ $typed }」が読み取れません。pref=岡山県 のように「名前=値」の形で指定してください。名前は { $known } です。
search-bad-filter-name = 「{ $name }」という絞り込みはありません。使えるのは { $known } です。
search-bad-filter-value = 絞り込み { $facet } に「{ $value }」はありません。使えるのは { $known } などです。

reason-word = 「{ $asked }」に一致
reason-synonym = 「{ $asked }」を言いかえた「{ $found }」に一致
reason-typo = 「{ $asked }」とよく似た「{ $found }」に一致
reason-part = 「{ $asked }」を一部に含む語に一致
reason-filter = { $facet }が「{ $value }」
note-cut = 検索する言葉が長いため、「{ $kept }」までで探しました。
note-fewer = すべての言葉がそろうものがないため、{ $asked }語のうち{ $found }語に合うものを出しています。
note-ignored = 「{ $word }」は検索に使えない文字だけなので、除いて探しました。

facet-pref = 都道府県
facet-muni = 市区町村
facet-industry = 業種
facet-kind = 種別
facet-contract = 契約
facet-days = 週の日数
facet-days-le1 = 週1日以下
facet-days-1to2 = 週2日まで
facet-days-2to3 = 週3日まで
facet-days-over3 = 週3日を超える
facet-remote = リモート
facet-remote-none = なし
facet-remote-part = 一部
facet-remote-full = すべて
facet-start = 開始時期
facet-start-any_time = 随時
facet-track = 希望トラック
facet-move = 移住意向

part-text = 文章の近さ
part-skills = スキル
part-region = 地域
part-days = 日数
part-remote = リモート
part-pay = 報酬
part-track = めざす役割
part-industry = 業種
part-contract = 契約
part-move = 移住の意向
part-side_job = 本業の許可

search-title = タイトル
search-key = 番号
search-score = 点
search-firm = 企業
search-place = 場所
search-areas = 希望地域
search-reasons = 理由
search-draft = （下書き）
search-no-consent = （同意なし）
search-total = { $total }件
search-total-first = { $total }件のうち{ $shown }件
search-none = 該当するものはありません。言葉を減らすか、絞り込みを外してみてください。
search-behind = 検索の準備中です。まだ反映されていない変更が{ $behind }件あり、件数は一部かもしれません。
index-rebuilt = 検索の索引を作り直しました（{ $count }件）。
index-sound = 検索の索引は正しく、データベースと一致しています（募集 { $openings }件、候補者 { $profiles }件）。
index-doubt = 検索の索引に問題があります。migiude index rebuild で作り直せます。（{ $cause }）
index-behind = 検索の索引がデータベースと一致していません（位置 { $position }／{ $head }、募集 { $openings }／{ $openings_stored }件、候補者 { $profiles }／{ $profiles_stored }件）。migiude index rebuild で作り直せます。

help-search = 募集や候補者を言葉で探します
help-search--what = 募集（openings）か候補者（profiles）か
help-search--text = 探す言葉（空白で区切ります。なければすべて）
help-search--filter = 絞り込み。名前=値（pref=岡山県 など。何度でも）
help-search--limit = 出す件数
help-index = 検索の索引を調べ、作り直します
help-index-rebuild = データベースから索引を作り直します
help-index-check = 索引が正しく、データベースと一致しているかを調べます
search-too-long = さがす言葉は{ $most }文字以内にしてください。
search-words = 「{ $words }」
search-everything = すべての募集

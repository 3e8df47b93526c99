market-stdin = 標準入力
market-candidate = 候補者
market-opening = 募集
market-unreadable = { $file } を読めません（{ $cause }）。ファイル名と権限を確かめてください。
market-not-utf8 = { $file } の { $line } 行目：UTF-8 の文字ではありません。UTF-8 で保存し直してください。
market-unknown-format = { $file } は Glasgow 形式・suite 形式・JSON のどれでもないようです。--format glasgow、suite、json のどれかを指定してください。
market-two-stdins = 標準入力（-）にできるのは、市場と結果のどちらか一方だけです。もう一方はファイルにしてください。
market-couples = { $file } には二人組（{ $one } と { $other }）があります。二人組のマッチングはまだできません。除くか、一人ずつの候補者として入れてください。
market-impossible = { $file } は成り立たない市場です（{ $cause }）。
market-at-line = { $file } の { $line } 行目：{ $fault }
market-at-member = { $file } の { $member }：{ $fault }
market-fault-json = 求められる形の JSON ではありません（{ $cause }）。
market-fault-number = 「{ $text }」は 0 から 4294967295 までの整数ではありません。
market-fault-count = この行には{ $side }の数だけを書いてください。
market-fault-too-few = 候補者と募集の行が { $expected } 行要りますが、{ $found } 行しかありません。
market-fault-extra = 候補者と募集の数より行が多くあります。
market-fault-no-quota = 募集の行には番号と定員が要ります。
market-fault-no-id = 番号がありません。
market-fault-unknown = { $side }「{ $id }」はありません。
market-fault-agent-twice = { $side }「{ $id }」が二度書かれています。どちらか一つにしてください。
market-fault-entry-twice = 「{ $id }」が同じ順位表に二度あります。先の一つだけを残してください。
market-fault-nested-tie = 同順位の中に同順位は置けません。
market-fault-unmatched-tie = 同順位の括弧が対になっていません。
market-fault-empty-tie = 同順位には少なくとも一つが要ります。
market-fault-unknown-line = 行は r（候補者）、c（二人組）、p（募集）のどれかで始めます。「{ $word }」では始められません。
market-fault-half-pair = 二人組には二人と、募集の組が要ります。
market-fault-empty-pair = 二人組の希望には少なくとも一つの募集が要ります。
market-fault-pair-twice = 同じ組の希望が二度あります。
market-fault-member-with-list = 「{ $id }」は二人組の一人なので、自分だけの順位表を持てません。
market-fault-member-twice = 「{ $id }」が二人組に二度入っています。
market-misfit-unknown = { $side }「{ $key }」はこの市場にありません。
market-misfit-several-seats = 候補者「{ $candidate }」が複数の席に就いています：{ $openings }
market-misfit-not-held = 候補者「{ $candidate }」は募集「{ $opening }」に決まったとありますが、募集の側にその候補者がありません。
market-misfit-not-holding = 募集「{ $opening }」は候補者「{ $candidate }」に決まったとありますが、候補者の側にその募集がありません。

solve-unbuilt-mechanism = 仕組み { $mechanism } はまだ使えません。candidate-optimal か opening-optimal を指定してください。
solve-unbuilt-option = { $option } はまだ使えません。外してもう一度実行してください。
solve-audit-failed = 結果が検算に通らなかったため表示しません。ファイルを添えてお知らせください。
solve-column-candidate = 候補者
solve-column-opening = 募集
solve-column-candidate-rank = 候補者の希望順位
solve-column-opening-rank = 募集側の順位
solve-unmatched = 未決定
solve-summary =
    仕組み：{ $mechanism }
    決定：{ $candidates } 人のうち { $placed } 人
    順位の合計：候補者 { $candidate_cost }、募集 { $opening_cost }
    ブロッキングペア（blocking pairs）: { $blocking }
solve-lottery = 同順位は抽選で決めました（抽選の種 { $seed }）
solve-dropped-candidate = 除きました：候補者 { $agent } は { $entry } を希望していますが、募集の側にその候補者がありません
solve-dropped-opening = 除きました：募集 { $agent } は { $entry } を挙げていますが、候補者の側にその募集がありません

audit-candidates = 結果の候補者は { $found } 人ですが、市場の候補者は { $expected } 人です。
audit-unknown-opening = 候補者「{ $candidate }」の募集（番号 { $opening }）はありません。
audit-unacceptable = 候補者「{ $candidate }」と募集「{ $opening }」は、互いに挙げ合っていません。
audit-over-quota = 募集「{ $opening }」の定員は { $quota } 人ですが、{ $holders } 人が決まっています。

why-unknown-candidate = 候補者「{ $key }」はこの市場にいません。--candidate を確かめてください。
why-unknown-opening = 募集「{ $key }」はこの市場にありません。--opening を確かめてください。
why-not-a-result =
    この市場の結果として成り立たないため、説明できません。
    { $problems }
why-matched = この二者は互いに決まっています。
why-you-did-not-list = 候補者がこの募集を希望していません。
why-not-listed-by-opening = 募集の側がこの候補者を挙げていません。
why-you-did-better = 候補者は、同じかそれ以上に希望する募集に決まっています。
why-filled-with-preferred = 席は、募集の側がより上位に挙げた人、または同順位で抽選が先だった人で埋まりました。
why-rule = 順位表のほかの決まりによるものです。募集に席がないか、結果がこのファイルにない決まりに従っています。

help-solve = ファイルの市場を解き、安定な組み合わせを出します
help-solve--file = 市場のファイル（- なら標準入力）
help-solve--format = ファイルの形式（指定しなければ拡張子か最初の語で見分けます）
help-solve--mechanism = どの安定な組み合わせがほしいか
help-solve--force = 必ず組にする二者（まだ使えません）
help-solve--forbid = 組にしない二者（まだ使えません）
help-solve--previous = できるだけ変えたくない前の結果（まだ使えません）
help-solve--caps = 地域の上限（まだ使えません）
help-solve--seed = 同順位を決める抽選の種
help-audit = 結果が市場の安定な組み合わせかどうかを検算します
help-audit--file = 市場のファイル（- なら標準入力）
help-audit--result = 結果のファイル（JSON。ほかのプログラムのものでもかまいません）
help-audit--format = 市場のファイルの形式（指定しなければ拡張子か最初の語で見分けます）
help-why = ある候補者がある募集に決まらなかった理由を出します
help-why--file = 市場のファイル（- なら標準入力）
help-why--result = 結果のファイル（JSON。ほかのプログラムのものでもかまいません）
help-why--format = 市場のファイルの形式（指定しなければ拡張子か最初の語で見分けます）
help-why--candidate = 理由を知りたい候補者
help-why--opening = 理由を知りたい募集

# コマンドの説明（help-コマンド名、help-コマンド名--オプション名。共通のオプションは help--名前）
help = 後継者のいない会社と、その右腕・後継ぎになりうる人をつなぎます
help--data-dir = すべてを置くフォルダ（最初の起動で作ります。指定しなければ ./migiude-data）
help--database-url = 組み込みのデータベースの代わりに使う PostgreSQL の接続先
help--lang = メッセージの言語（ja か en）
help--output = 一覧の出し方（table・json・csv）
help-template =
    { "{about-with-newline}" }
    使い方: { "{usage}" }

    { "{all-args}" }
help--help = この説明を表示します
help--version = 版を表示します
help-import = コーディネーターの表（CSV・Excel）を取り込みます
help-import--paths = ファイルかフォルダ（いくつでも）
help-import--dry-run = 保存せずに結果だけを見ます
help-import--rejects = 受け付けなかった行を書き出すフォルダ（指定しなければデータのフォルダの中）
help-import--report = 結果を JSON で出します

cli-unknown-argument = 「{ $arg }」という指定はありません。
cli-unknown-command = 「{ $name }」というコマンドはありません。
cli-no-value = 「{ $arg }」には値が要ります。
cli-invalid-value = 「{ $arg }」に「{ $value }」は使えません。使えるのは {$valid} です。
cli-unreadable-value = 「{ $arg }」の値「{ $value }」が読み取れません。
cli-missing-argument = 必要な指定がありません：{ $arg }
cli-missing-command = コマンドを指定してください。
cli-conflict = 「{ $arg }」は、ほかの指定と一緒には使えません。
cli-see-help = 使い方は migiude --help で確かめられます。

store-unreachable = データベースを開けません（{ $at }）。何も作らず、何も消していません。場所と権限を確かめてください。（{ $cause }）
store-bad-url = データベースの接続先が読み取れません。postgres://利用者:パスワード@ホスト/名前 の形で指定してください。（{ $cause }）
store-old-engine = SQLite { $found } は古すぎます（{ $needed } 以上が必要です）。この実行ファイルを作り直してください。
store-migration = データベースの形を新しくできません。データは変えていません。新しい版の migiude で作られたデータではないか確かめてください。（{ $cause }）
store-busy = ほかの処理がデータベースを使っています。少し待ってから、同じ操作をもう一度行ってください。
store-damaged = 保存されている記録が読み取れません（{ $what } { $id }）。控えから戻す必要があります。（{ $cause }）
store-sql = データベースが処理を受け付けませんでした。何も変わっていません。（{ $cause }）
data-dir-unusable = データのフォルダ { $path } を使えません。場所と権限を確かめてください。（{ $cause }）

help-demo = 架空の地域をつくり、取り込みから結果の公表までをひと通り見せます
help-demo--once = 画面を開かずに終わります
help-demo--firms = 企業の数
help-demo--candidates = 候補者の数
help-demo--seed = 同じ数なら同じ地域になります
help-demo--listen = 待ち受けるアドレスとポート
help-serve = 画面をブラウザーに公開します
help-serve--listen = 待ち受けるアドレスとポート
serve-open =
    右腕 Migiude を開きました： {"{"}url{"}"}
    終わるときは Ctrl-C を押してください。
serve-setup =
    まだ担当者がいません。ブラウザーで {"{"}url{"}"}/setup を開き、次の設定コードを入れてください。
    設定コード（一度だけ使えます）： { $code }
serve-lock-unusable = データのフォルダに書き込めません（{ $path }）。場所と権限を確かめてください。
serve-already = このデータのフォルダでは、すでに別の migiude が画面を開いています（{ $path }）。先にそちらを終わらせてください。
serve-port-taken = { $at } はほかのプログラムが使っています。--listen 127.0.0.1:別の番号 を指定してください。
serve-cannot-listen = { $at } で待ち受けできません。（{ $cause }）
serve-no-mail = 手紙を送る準備ができません：{ $cause }

import-reading = 表を読んでいます
import-checking = 一行ずつ確かめて保存しています
import-indexing = 検索の準備をしています
import-ignored = 表ではないので読みませんでした： { $file }
import-rejects-at = 受け付けなかった行を書き出しました（直して、もう一度取り込めます）： { $path }
import-rejects-unwritable = 受け付けなかった行を { $path } に書けません。場所と権限を確かめてください。受け付けた行は保存されています。（{ $cause }）
import-dry-run = 試しに読んだだけで、何も保存していません。
import-no-change = 前に取り込んだ内容から、変わったところはありません。
import-took = かかった時間： { $seconds } 秒
help-serve--public-url = ブラウザーから見えるこのサーバーのアドレス（手紙とパスキーに使います）
help-serve--smtp = 手紙を送るメールサーバー（smtps://名前:パスワード@ホスト、または smtp://ホスト:587?tls=required）。指定しなければ、データのフォルダに置きます
help-serve--mail-from = 手紙の差出人のアドレス
help-serve--behind-https = 手前の中継サーバーが https で公開しているときに付けます（ログインの印を https だけに限ります）
help-unlock = 電話機などをなくした方のアカウントから、パスキーと認証アプリを外します
help-unlock--login = ログイン名

help-round = マッチングの回：new（作成）freeze（締切）run（計算）show（表示）compare（比較）publish（公表）export（書き出し）

demo-hello =
    右腕 Migiude のデモです。会社も人も、すべて架空です。
    表の取り込みから結果の公表まで、実際と同じ手順で進みます。
demo-seconds = 秒
demo-invented = 1. 架空の地域をつくりました： { $desk }（種 { $seed }）
demo-imported = 2. 表を取り込みました： { $rows } 行（受付 { $accepted }、注意つき { $warned }、不受理 { $rejected }）
demo-indexed = 3. 検索できるようにしました： 募集 { $openings } 件、候補者 { $candidates } 人
demo-already = 4〜6. 第 { $number } 回はすでに公表されています。
demo-frozen = 4. 第 { $number } 回の希望順位表を締め切りました
demo-proposed = 5. 組み合わせを計算し、別の手順で検算しました
demo-published = 6. 第 { $number } 回の結果を公表しました
demo-took = ここまでの時間： { $seconds } 秒
demo-desk-about = 後継者のいない会社と、その右腕・後継ぎになりうる人をつなぐ、架空の地域の人事部です。
demo-open = ブラウザーで開けます： {"{"}url{"}"}
demo-login = 担当者のログイン（{"{"}url{"}"}/login）： { $login } ／ パスワード { $password }
demo-login-kept = 担当者のログイン（{"{"}url{"}"}/login）： { $login }（パスワードは、このフォルダで初めてデモを動かしたときに表示したものです）
demo-president = 社長のログイン： { $login } ／ パスワード { $password }
demo-candidate = 候補者のログイン： { $login } ／ パスワード { $password }
demo-question = はじめまして。募集を拝見しました。蔵や工場のふだんの様子を、一度見せていただけますでしょうか。
demo-answer = ご連絡ありがとうございます。ぜひお越しください。現場の者とも話していただければと思います。
demo-link-matched = 結果のリンク（候補者 { $key }、一度だけ開けます）：
demo-link-firm = 結果のリンク（募集 { $key } の企業、一度だけ開けます）：
demo-link-unmatched = 結果のリンク（候補者 { $key }、一度だけ開けます）：
demo-end = 終わるときは Ctrl-C を押してください。
cli-unlocked = 「{ $login }」のパスキーと認証アプリを外しました。パスワードはそのままです。
cli-unlock-nobody = 「{ $login }」というログイン名の方はいません。

# コマンドの説明（help-コマンド名、help-コマンド名--オプション名。共通のオプションは help--名前）
help = 後継者のいない会社と、その右腕・後継ぎになりうる人をつなぎます
help--data-dir = すべてを置くフォルダ（最初の起動で作ります。指定しなければ ./migiude-data）
help--database-url = 組み込みのデータベースの代わりに使う PostgreSQL の接続先
help--lang = メッセージの言語
help--output = 一覧の出し方
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

import-reading = 表を読んでいます
import-checking = 一行ずつ確かめて保存しています
import-indexing = 検索の準備をしています
import-ignored = 表ではないので読みませんでした： { $file }
import-rejects-at = 受け付けなかった行を書き出しました（直して、もう一度取り込めます）： { $path }
import-rejects-unwritable = 受け付けなかった行を { $path } に書けません。場所と権限を確かめてください。受け付けた行は保存されています。（{ $cause }）
import-dry-run = 試しに読んだだけで、何も保存していません。
import-took = かかった時間： { $seconds } 秒
help-serve--behind-https = 手前の中継サーバーが https で公開しているときに付けます（ログインの印を https だけに限ります）

## 同意
profiles-not-found = その企業は見つかりません。
profiles-barred = この企業は、あなたが「見せない企業」に入れています。先にそこから外してください。

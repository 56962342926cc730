### Sätze der Bibliothek, vor allem Fehler, auf Deutsch wiedergegeben.

## Pictures

library-does-not-exist-check-the-name = { $name-file } gibt es nicht: Prüfen Sie Name und Ordner
library-is-a-folder-choose-a-picture = { $name-file } ist ein Ordner: Wählen Sie ein Bild darin
library-is-not-an-ordinary-file-copy =
    { $name-file } ist keine gewöhnliche Datei: Kopieren Sie das Bild auf einen Datenträger und wählen Sie die Kopie
library-cannot-be-opened = { $name-file } lässt sich nicht lesen ({ $why }): Prüfen Sie, ob Sie es öffnen dürfen
library-is-empty-0-bytes-get = { $name-file } ist leer (0 Bytes): Beschaffen Sie das Bild erneut von seiner Quelle
library-has-bytes-more =
    { $name-file } hat { $bytes } Bytes, mehr als die { $most }, die gelesen werden: Speichern Sie eine kleinere
    Kopie des Bildes
library-is-not-a-picture-of-any =
    { $name-file } ist kein Bild einer bekannten Art: Wählen Sie eine Datei in PNG, JPEG, WebP, TIFF, BMP, GIF, JPEG
    XL, JPEG 2000 oder von Photoshop, Krita oder OpenRaster
library-is-a-picture-of-a-variety =
    { $name-file } ist ein { $format }-Bild einer Spielart, die nicht gelesen wird ({ $name-detail }): Speichern Sie
    es als PNG und wählen Sie diese Kopie
library-is-cut-short-its-data-end =
    { $name-file } ist abgeschnitten: Seine { $format }-Daten enden, bevor das Bild vollständig ist; beschaffen Sie
    die ganze Datei von ihrer Quelle
library-is-damaged-and-cannot-be-decoded =
    { $name-file } ist beschädigt und lässt sich nicht als { $format } dekodieren ({ $name-detail }): Beschaffen Sie
    das Bild erneut von seiner Quelle
library-is-pixels-more =
    { $name-file } hat { $width }×{ $height } Bildpunkte, mehr als die { $most } je Seite und die 2 GiB Speicher im
    Ganzen, die zugelassen sind: Verkleinern Sie das Bild
library-would-take-more-memory-to-decode =
    { $name-file } würde zum Dekodieren mehr Speicher brauchen, als seine Größe erklärt: Speichern Sie es als PNG
    und wählen Sie diese Kopie
library-is-pixels-less =
    { $name-file } hat { $width }×{ $height } Bildpunkte, weniger als die { $least } je Seite, die nötig sind:
    Wählen Sie ein größeres Bild
library-is-pixels-one-side-more =
    { $name-file } hat { $width }×{ $height } Bildpunkte, eine Seite mehr als { $most }-mal die andere: Schneiden
    Sie den Teil aus, der zu untersuchen ist

## Models

library-could-not-be-read-check =
    { $name-file } konnte nicht gelesen werden ({ $why }): Prüfen Sie, ob es da ist und ob Sie es öffnen dürfen.
library-is-missing-copy-or-download =
    { $name-file } fehlt ({ $name-what }): Kopieren oder laden Sie den vollständigen Modellordner erneut.
library-there-is-no-model-at-check = In { $name-file } ist kein Modell: Prüfen Sie den Pfad.
library-is-a-link-to-which-does =
    { $name-file } ist ein Verweis auf { $name-target }, das es nicht gibt: Laden oder kopieren Sie das Modell
    erneut, mit dem, wohin seine Verweise führen.
library-holds-no-folder-unet-give =
    { $name-file } enthält keinen Ordner „unet“: Geben Sie den Modellordner von diffusers selbst an, der den Ordner
    „unet“ enthält.
library-holds-no-weights =
    { $name-file } enthält keine Gewichte: Nötig ist eine der Dateien { $name-expected } oder ihre Teile mit deren
    Verzeichnis.
library-has-no-tensor-the-file =
    { $name-file } hat keinen Tensor „{ $name-tensor }“: Die Datei ist unvollständig oder gehört zu einer anderen
    Art von Netz; beschaffen Sie das Modell erneut oder wählen Sie ein anderes.
library-the-tensor-in-has-the-dimensions =
    Der Tensor „{ $name-tensor }“ in { $name-file } hat die Maße { $name-found }, wo { $name-needed } nötig sind:
    Gewichte und config.json gehören nicht zusammen; nehmen Sie beide von einem Modell.
library-is-damaged-or-incomplete-download =
    { $name-file } ist beschädigt oder unvollständig ({ $name-why }): Laden oder kopieren Sie es erneut.
library-is-empty-download-or-copy = { $name-file } ist leer: Laden oder kopieren Sie es erneut.
library-is-a-text-file-perhaps =
    { $name-file } ist eine Textdatei (vielleicht eine gespeicherte Webseite) und enthält keine Gewichte: Laden Sie
    die Datei selbst erneut.
library-is-only-a-git-lfs-pointer =
    { $name-file } ist nur ein Verweis von Git LFS auf die wirkliche Datei: Holen Sie sie mit „git lfs pull“ oder
    laden Sie sie von der Seite des Modells.
library-asks-python-to-call-when =
    { $name-file } verlangt von Python, beim Öffnen { $name-function } aufzurufen, was kein Modell braucht und
    dieses Programm nie tut: Öffnen Sie es nicht mit anderen Programmen und beschaffen Sie das Modell
    als .safetensors.
library-holds-no-and-there =
    { $name-file } enthält nicht: { $name-part }, und es gibt kein anderes Modell, von dem es zu nehmen wäre: Wählen
    Sie als anderes des Paars ein Modell, das es hat.
library-holds-tensors-of-a-noise-predictor =
    { $name-file } enthält Tensoren eines anders gebauten Rauschvorhersagers (im Ganzen { $count }, der erste
    „{ $name-tensor }“): Wählen Sie ein Modell der Familie Stable Diffusion 1, 2 oder XL.
library-the-tensor-in-holds-numbers =
    Der Tensor „{ $name-tensor }“ in { $name-file } enthält Zahlen, die nicht endlich sind: Die Datei ist
    beschädigt, oder ihr Training ging schief; beschaffen Sie sie erneut oder wählen Sie eine andere.
library-is-no-valid-json-file =
    { $name-file } ist keine gültige JSON-Datei ihrer Art ({ $name-why }): Laden oder kopieren Sie sie erneut.
library-describes-a-network =
    { $name-file } beschreibt ein Netz, das nicht unterstützt wird („{ $name-key }“ ist { $name-value }): Wählen Sie
    ein Modell der Familie Stable Diffusion 1, 2 oder XL.
library-describes-an-inpainting-model-nine-input =
    { $name-file } beschreibt ein Inpainting-Modell (neun Eingangskanäle), das sich nicht untersuchen lässt: Wählen
    Sie das Text-zu-Bild-Modell, aus dem es gemacht wurde.
library-the-two-models-differ =
    Die beiden Modelle unterscheiden sich: { $name-what } ({ $name-one } in { $name-file }, { $name-other } in
    { $name-second }). Ein feinabgestimmtes Modell muss mit dem Modell verglichen werden, aus dem es gemacht wurde.
library-the-resolution-does-not-suit =
    Die Auflösung { $resolution } passt nicht zum Modell: Wählen Sie ein Vielfaches von { $step } Bildpunkten, etwa
    die { $usual }, mit denen es trainiert wurde.
library-the-computing-device-failed-close-other =
    Das Rechengerät hat versagt ({ $name-what }): Schließen Sie andere Programme, die seinen Speicher füllen, wählen
    Sie eine niedrigere Auflösung oder ein anderes Gerät.
library-stable-diffusions-structure-text-width = Aufbau von Stable Diffusion, Textbreite { $width }

## Adapters

library-is-a-lora =
    { $name-file } ist ein LoRA für { $name-family }, was nicht unterstützt wird: Wählen Sie eines für Stable
    Diffusion 1, 2 oder XL, mit dem Modell, an dem es trainiert wurde.
library-is-a-lora-for-and-the-pretrained =
    { $name-file } ist ein LoRA für { $name-family }, und das vortrainierte Modell ist { $name-base }: Wählen Sie
    das vortrainierte Modell, an dem das LoRA trainiert wurde.
library-holds-no-change-of-any-layer =
    { $name-file } enthält keine Änderung einer Schicht: Es ist kein LoRA; wählen Sie eine andere Datei.
library-is-incomplete-its-layer-lacks =
    { $name-file } ist unvollständig: Seiner Schicht „{ $name-layer }“ fehlt { $name-missing }; beschaffen Sie die
    Datei erneut.
library-holds-no-folder-unet-and-several =
    { $name-file } enthält keinen Ordner „unet“ und mehrere Dateien, die LoRAs sein können: Wählen Sie die Datei
    selbst.
library-is-a-lora-which-only-changes =
    { $name-file } ist ein LoRA, das ein Modell nur ändert: Wählen Sie als vortrainiertes den Modellordner, an dem
    es trainiert wurde, und das LoRA als feinabgestimmtes.
library-is-given-twice-name-it-once =
    { $name-file } ist zweimal angegeben: Nennen Sie es einmal, mit der Summe beider Stärken hinter einem @.

## Cases

library-the-case-in-is-being-worked =
    der Fall in { $name-folder } wird von einem anderen Fenster oder Befehl bearbeitet: Warten Sie, bis das beendet
    ist
library-cannot-be-written-free-some-space =
    { $name-file } lässt sich nicht schreiben ({ $why }): Schaffen Sie Platz oder prüfen Sie die Rechte; was vorher
    da war, ist ganz
library-cannot-be-written =
    { $name-file } lässt sich nicht schreiben ({ $why }): Schaffen Sie Platz oder prüfen Sie die Rechte
library-is-damaged-restore = { $name-file } ist beschädigt ({ $why }): Stellen Sie es aus einer Kopie wieder her
library-is-of-version-and-this-program =
    { $name-file } hat die Version { $found }, und dieses Programm liest Version { $known }: Öffnen Sie es mit dem
    Programm, das es geschrieben hat
library-has-changed-since-the-case =
    { $name-file } hat sich seit Beginn des Falls geändert: Stellen Sie die Datei wieder her oder untersuchen Sie
    sie in einem neuen Fall
library-is-there-already =
    { $name-file } gibt es schon, und in einem Fall wird nichts ersetzt: Wählen Sie einen anderen Namen
library-no-questioned-work-of-the-case =
    kein fragliches Werk des Falls in { $name-folder } ist zu Ende untersucht: Setzen Sie ihn zuerst fort
library-cannot-be-added-as-a-control = { $name-file } lässt sich nicht als Vergleichswerk hinzufügen: { $why }
library-the-case-in-does-not-hold = der Fall in { $name-folder } hält nicht stand ({ $why }): Überprüfen Sie ihn
library-the-folder-is-not-empty-choose =
    der Ordner { $name-folder } ist nicht leer: Wählen Sie einen neuen oder leeren
library-the-examination-was-interrupted = die Untersuchung wurde unterbrochen

## What a verification finds

library-the-journal-cannot-be-read = das Protokoll lässt sich nicht lesen: { $why }
library-the-journal-ends-with-bytes =
    das Protokoll endet mit { $bytes } Bytes, die kein ganzer Eintrag sind: ein Absturz, oder jemand hat es
    abgeschnitten; wird der Fall zur Arbeit geöffnet, werden sie beiseitegelegt
library-has-been-changed-since-entry =
    { $name-file } wurde geändert, seit der Eintrag { $entry } des Protokolls es versiegelt hat
library-which-entry-of-the-journal-sealed =
    { $name-file }, das der Eintrag { $entry } des Protokolls versiegelt hat, lässt sich nicht prüfen: { $why }
library-which-entry-of-the-journal-sealed-cannot =
    { $name-file }, das der Eintrag { $entry } des Protokolls versiegelt hat, lässt sich nicht lesen: { $why }
library-case-json-cannot-be-checked = case.json lässt sich nicht prüfen: { $why }
library-the-plan-in-case-json-models =
    der Plan in case.json (Modelle und Einstellungen) ist nicht der, mit dem der Fall begonnen wurde: Sein Hash ist
    { $name-found }, und das Protokoll hat { $name-sealed }
library-what-case-json-asks-question-warnings =
    wonach case.json fragt (Frage, Warnungen, Nulllauf oder Selbsttest), ist nicht das, womit der Fall begonnen
    wurde: Sein Hash ist { $name-found }, und das Protokoll hat { $name-sealed }
library-the-artwork-with-which-the-case =
    das Werk { $name-folder }, mit dem der Fall begonnen wurde, ist nicht in case.json
library-the-artwork-in-case-json = das Werk { $name-folder } in case.json war nicht da, als der Fall begonnen wurde
library-case-json-has-the-artwork =
    case.json führt das Werk { $name-folder } als fertig, aber kein Eintrag des Protokolls sagt das: Einträge können
    an seinem Ende abgeschnitten sein
library-the-exhibit-names-the-entry =
    die Anlage { $name-file } nennt den Eintrag { $name-head }, der im Protokoll nicht vor ihr steht
library-the-timestamp-does-not-fit = der Zeitstempel { $name-file } passt nicht: { $why }
library-is-not-sealed-by-the-journal =
    { $name-file } ist nicht durch das Protokoll versiegelt: Woher es kommt, ist nicht bekannt
library-is-a-link-a-device =
    { $name-file } ist ein Verweis, ein Gerät oder hat einen seltsamen Namen und wurde nicht angesehen
library-the-exhibit-lies-outside-the-case =
    die Anlage { $name-file } liegt außerhalb des Falls und wurde nicht geprüft: Vergleichen Sie ihre SHA-256 mit
    { $name-hash }
library-the-signature-of-the-timestamp = die Signatur des Zeitstempels { $name-file } wurde nicht geprüft: { $why }
library-entry-of-the-journal-says =
    der Eintrag { $entry } des Protokolls sagt, dass nach einem Absturz ein halber Eintrag als { $name-file }
    beiseitegelegt wurde
library-entry-of-the-journal-tells =
    der Eintrag { $entry } des Protokolls berichtet von etwas, das diese Version nicht kennt: Überprüfen Sie den
    Fall mit dem Programm, das ihn geschrieben hat
library-the-journals-line-has-been-changed =
    die Zeile { $line } des Protokolls wurde geändert: Ihr Inhalt hat nicht den Hash, den sie angibt
library-the-journals-line-has-a-wrong =
    die Zeile { $line } des Protokolls hat eine falsche Signatur: Der Schlüssel, den sie nennt, hat sie nicht
    signiert
library-entries-to-have-been-removed = die Einträge { $first } bis { $last } wurden aus dem Protokoll entfernt
library-it-is-missing = es fehlt
library-the-artwork-in-case-json-is-not =
    das Werk { $name-folder } ist in case.json nicht so, wie es war, als der Fall begonnen wurde: Verschieden ist
    { $name-what }
library-entry-of-the-journal-opens =
    der Eintrag { $entry } des Protokolls öffnet, wofür verdeckte Werke stehen, aber nichts davon war versiegelt,
    als der Fall begonnen wurde
library-what-the-blind-works-stand = wofür die verdeckten Werke stehen, lässt sich nicht prüfen: { $why }
library-blind-mapping-json =
    blind/mapping.json ist nicht das, was vor dem ersten Kennwert versiegelt wurde: Wofür die verdeckten Werke
    stehen, wurde geändert
library-the-order-of-the-blind-works =
    die Reihenfolge der verdeckten Werke folgt nicht aus der Zufallszahl in blind/mapping.json: Sie wurde nicht
    ausgelost
library-blind-mapping-json-is-not-of-the =
    blind/mapping.json gehört nicht zu den Werken, die verdeckt untersucht wurden
library-entry-of-the-journal-is-dated =
    der Eintrag { $entry } des Protokolls ist mit { $dated } datiert, wurde aber von { $name-file } schon um
    { $stamped } gestempelt: Die Uhr des Rechners ging falsch
library-the-chain-of-the-journal =
    die Kette des Protokolls ist vor dem Eintrag { $number } in Zeile { $line } gebrochen: Er wurde nach einem
    anderen Eintrag geschrieben als dem vor ihm
library-entry-of-the-journal-stands =
    der Eintrag { $number } des Protokolls steht in Zeile { $line }: Einträge wurden umgestellt oder kopiert
library-line-of-the-journal = die Zeile { $line } des Protokolls lässt sich nicht lesen: { $why }
library-the-journals-line-has-no-signature = die Zeile { $line } des Protokolls hat keine Signatur
library-what-the-works-under-neutral-names =
    wofür die { $works } Werke unter neutralen Namen stehen, ist noch nicht geöffnet: Das geschieht, wenn alle
    untersucht sind

## What a verification cannot exclude

library-that-somebody-else-wrote-the-whole =
    Dass jemand anders die ganze Akte mit einem eigenen Schlüssel neu geschrieben hat: Vergleichen Sie den
    Fingerabdruck des Schlüssels mit einem, den Sie von seinem Inhaber kennen.
library-that-the-owner-of-the-key =
    Dass der Inhaber des Schlüssels die Einträge nach Nummer { $entry } neu geschrieben hat, oder alle vor
    { $time }, als der letzte von ihnen gestempelt wurde; und dass die Stelle nicht die ist, die ihr Zertifikat
    nennt, dessen Aussteller nicht geprüft wurde.
library-that-the-owner-of-the-key-wrote =
    Dass der Inhaber des Schlüssels alles neu geschrieben hat, bevor die Anlage, die den erwarteten Eintrag nennt,
    übergeben wurde, oder seither die Einträge nach diesem.
library-that-the-owner-of-the-key-wrote-everything =
    Dass der Inhaber des Schlüssels zu irgendeiner Zeit alles neu geschrieben hat: Nur ein Zeitstempel einer Stelle
    oder eine eingereichte Anlage würde das begrenzen.
library-that-entries-after-number-were-cut =
    Dass Einträge nach Nummer { $entry } abgeschnitten wurden, sofern nicht eine Datei oder eine Anlage von ihnen
    weiß.
library-that-the-pictures-and-models =
    Dass die Bilder und Modelle etwas anderes waren, bevor sie zum ersten Mal gehasht wurden, und dass die Uhr des
    Rechners zwischen zwei Zeitstempeln falsch ging.

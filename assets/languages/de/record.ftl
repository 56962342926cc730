### Sätze der Akte, auf Deutsch wiedergegeben.

## The verdict on a work

record-no-statement = Zu diesem Werk kann keine Aussage getroffen werden: { $reason }.
record-sentence-no-ratio =
    { $said-rank }; wie sehr dies „bei der Feinabstimmung verwendet“ gegenüber „nicht verwendet“ stützt, wird
    nicht bewertet: { $reason }.
record-sentence-by-controls =
    { $said-rank }; nach diesen und { $positives } als verwendet erklärten Werken gilt: { $said-weight }.
record-sentence-by-recipes =
    { $said-rank }; wurde die Feinabstimmung nach einem der { $recipes } erprobten Rezepte vorgenommen (das
    ungünstigste ist „{ $name }“), so gilt: { $said-weight }.
record-rank =
    Von { $controls } als nicht verwendet erklärten Vergleichswerken { $reached ->
        [none] hat keines einen so hohen Kennwert
        [one] hat 1 einen so hohen Kennwert
       *[other] haben { $reached } einen so hohen Kennwert
    } wie dieses Werk (p = { $p }; bei so wenigen Vergleichswerken kann der Wert nicht unter { $smallest } liegen)
record-rank-in-readings =
    Von { $controls } als nicht verwendet erklärten Vergleichswerken { $reached ->
        [none] hat keines einen so hohen Kennwert
        [one] hat 1 einen so hohen Kennwert
       *[other] haben { $reached } einen so hohen Kennwert
    } wie dieses Werk, gelesen wie sie, { $reading } (p = { $p }, für seine { $readings } Lesarten korrigiert; bei
    so wenigen Vergleichswerken kann der Wert nicht unter { $smallest } liegen)
record-tested-in-readings =
    Seine Datei ergibt in einer anderen Lesart ein anderes Bild, und es wurde in jeder geprüft: { $rows }; dass
    die bessere zählt, stand vor der ersten Untersuchung fest.
record-tested-in-reading = { $reading } (Kennwert { $score }, p = { $p })
record-weight =
    sein Kennwert ist { $times }-mal so wahrscheinlich, wenn das Werk bei der Feinabstimmung { $first ->
        [used] verwendet wurde, wie wenn es nicht verwendet wurde
       *[unused] nicht verwendet wurde, wie wenn es verwendet wurde
    } (95-%-Schranke: mindestens { $bound }); das ist { $said-words }
record-weight-limited =
    sein Kennwert ist { $times }-mal so wahrscheinlich, wenn das Werk bei der Feinabstimmung { $first ->
        [used] verwendet wurde, wie wenn es nicht verwendet wurde
       *[unused] nicht verwendet wurde, wie wenn es verwendet wurde
    } (95-%-Schranke: mindestens { $bound }; begrenzt auf das, was so wenige Vergleichswerke tragen); das ist
    { $said-words }
record-weight-in-readings =
    seine Kennwerte in { $readings } Lesarten sind, nach dem Mittel ihrer Quotienten, { $times }-mal so
    wahrscheinlich, wenn das Werk bei der Feinabstimmung { $first ->
        [used] verwendet wurde, wie wenn es nicht verwendet wurde
       *[unused] nicht verwendet wurde, wie wenn es verwendet wurde
    } (95-%-Schranke: mindestens { $bound }); das ist { $said-words }
record-weight-in-readings-limited =
    seine Kennwerte in { $readings } Lesarten sind, nach dem Mittel ihrer Quotienten, { $times }-mal so
    wahrscheinlich, wenn das Werk bei der Feinabstimmung { $first ->
        [used] verwendet wurde, wie wenn es nicht verwendet wurde
       *[unused] nicht verwendet wurde, wie wenn es verwendet wurde
    } (95-%-Schranke: mindestens { $bound }; begrenzt auf das, was so wenige Vergleichswerke tragen); das ist
    { $said-words }
record-finding-in-readings =
    Seine Kennwerte in { $readings } Lesarten sind, nach dem Mittel ihrer Quotienten, { $said-weight }.
record-finding-by-controls = Sein Kennwert ist { $said-weight }.
record-finding-by-recipes =
    Folgte die Feinabstimmung einem von { $recipes } erprobten Rezepten, so ist sein Kennwert nach dem
    ungünstigsten { $said-weight }.
record-short-weight =
    etwa { $times }-mal so wahrscheinlich, wenn das Werk bei der Feinabstimmung { $first ->
        [used] verwendet wurde, wie wenn nicht
       *[unused] nicht verwendet wurde, wie wenn doch
    }: { $said-words }
record-short-weight-limited =
    { $times }-mal so wahrscheinlich, wenn das Werk bei der Feinabstimmung { $first ->
        [used] verwendet wurde, wie wenn nicht
       *[unused] nicht verwendet wurde, wie wenn doch
    }, begrenzt auf das, was so wenige Vergleichswerke tragen: { $said-words }
record-short-weight-by-recipes =
    etwa { $times }-mal so wahrscheinlich, wenn das Werk { $first ->
        [used] verwendet wurde, wie wenn nicht
       *[unused] nicht verwendet wurde, wie wenn doch
    }: { $said-words }
record-short-weight-by-recipes-limited =
    { $times }-mal so wahrscheinlich, wenn das Werk { $first ->
        [used] verwendet wurde, wie wenn nicht
       *[unused] nicht verwendet wurde, wie wenn doch
    }, begrenzt auf das, was so wenige Vergleichswerke tragen: { $said-words }
# The first that fits is taken, so that the longer one comes first.
record-short-rank-in-readings =
    { $reached ->
        [None] Keines von
       *[other] { $reached } von
    } { $controls } als nicht verwendet erklärten Vergleichswerken { $reached ->
        [None] hat
        [one] hat
       *[other] haben
    } einen so hohen Kennwert (p = { $p }, von { $readings } Lesarten die bessere, { $reading }, und für ihre Zahl
    korrigiert).
record-short-rank =
    { $reached ->
        [None] Keines von
       *[other] { $reached } von
    } { $controls } als nicht verwendet erklärten Vergleichswerken { $reached ->
        [None] hat
        [one] hat
       *[other] haben
    } einen so hohen Kennwert (p = { $p }).
record-together =
    Der mittlere Kennwert { $said-works } ist { $difference ->
        [higher] höher
       *[not] nicht höher
    } als der von { $controls } als nicht verwendet erklärten Vergleichswerken; wurde keines verwendet, so ergibt
    der Zufall ebenso viel mit p = { $p } (Permutationstest).
record-together-in-readings =
    Der mittlere Kennwert { $said-works } ist { $difference ->
        [higher] höher
       *[not] nicht höher
    } als der von { $controls } als nicht verwendet erklärten Vergleichswerken; wurde keines verwendet, so ergibt
    der Zufall ebenso viel mit p = { $p } (Permutationstest, die bessere von { $readings } Lesarten, für ihre Zahl
    korrigiert).
record-all-works = der { $works } fraglichen Werke
record-some-works = von { $some } der { $works } fraglichen Werke
record-limits =
    Dies besagt nicht, wie wahrscheinlich es ist, dass das Werk verwendet wurde, noch durch wen oder mit welchem
    Recht, und ein niedriger Kennwert zeigt nicht, dass es nicht verwendet wurde: Modelle können so trainiert
    werden, dass sich von ihren Bildern wenig wiedergewinnen lässt.

## The scale in words

record-no-support = keine Unterstützung
record-weak-support = schwache Unterstützung
record-moderate-support = mäßige Unterstützung
record-moderately-strong-support = mäßig starke Unterstützung
record-strong-support = starke Unterstützung
record-very-strong-support = sehr starke Unterstützung
record-support-neither = keine Unterstützung für eine der beiden Hypothesen gegenüber der anderen
record-support-used-over = { $said-support } für „bei der Feinabstimmung verwendet“ gegenüber „nicht verwendet“
record-support-not-used-over =
    { $said-support } für „nicht verwendet“ gegenüber „bei der Feinabstimmung verwendet“
record-support-used = { $said-support } für „bei der Feinabstimmung verwendet“
record-support-not-used = { $said-support } für „nicht verwendet“

## Reasons why a figure is not there

record-no-members = es gibt kein verwendetes Werk mit einem Kennwert
record-no-hold-outs = es gibt kein nicht verwendetes Werk mit einem Kennwert
record-not-finite =
    { $members } Kennwerte verwendeter und { $hold-outs } nicht verwendeter Werke sind nicht endlich
record-rate = { $rate } ist keine Rate falsch positiver: Sie liegt bei mindestens 0 und unter 1
record-too-few-hold-outs =
    Kennwerte werden nach mindestens { $needed } nicht verwendeten Werken normiert, und es gibt { $found }
record-hold-outs-alike =
    die Kennwerte der nicht verwendeten Werke sind alle gleich: Es gibt nichts, wonach normiert werden könnte
record-too-few-sets = es werden mindestens { $needed } Mengen gebraucht, und { $found } können bewertet werden
record-unpaired = die beiden Stichproben sind von verschiedenen Werken: Ein Unterschied braucht dieselben Werke
record-too-few-negatives =
    es werden mindestens { $needed } negative Vergleichswerke gebraucht (Werke wie die fraglichen, von denen
    bekannt ist, dass sie nicht verwendet wurden), und es gibt { $found }
record-too-few-positives =
    es werden mindestens { $needed } positive Vergleichswerke gebraucht (Werke, von denen bekannt ist, dass sie
    verwendet wurden), und es gibt { $found }
record-too-few-questioned = es werden mindestens { $needed } fragliche Werke gebraucht, und es gibt { $found }
record-too-few-calibrations =
    es werden mindestens { $needed } Kalibrierungen durch nachgestellte Feinabstimmungen nach verschiedenen
    Rezepten gebraucht, und { $found } können bewertet werden: Das Rezept des fraglichen Modells ist nicht
    bekannt, und einmal zu raten genügt nicht
record-recipes-disagree =
    nach einigen der erprobten Rezepte spricht der Kennwert für Verwendung und nach anderen dagegen, und das
    Rezept des fraglichen Modells ist nicht bekannt
record-score-not-finite = der Kennwert des fraglichen Werks ist nicht endlich
record-negatives-not-finite = { $scores } Kennwerte negativer Vergleichswerke sind nicht endlich
record-readings-without-positives =
    es wurde in mehreren Lesarten seiner Datei geprüft, und die positiven Vergleichswerke wurden nicht in allen
    untersucht
record-several-readings =
    es wurde in mehreren Lesarten seiner Datei geprüft, und ein Quotient wird nur für Werke ermittelt, die in
    allen ein Bild sind
record-alike = die Kennwerte sind alle gleich: Es gibt nichts, woran ein Unterschied zu messen wäre
record-out-of-range = die Kennwerte sind zu groß oder liegen zu weit auseinander, um mit ihnen zu rechnen
record-not-settled =
    das Modell der Kennwerte kommt an diesen Vergleichswerken zu keinem Ergebnis: Ihre Kennwerte liegen der Größe
    nach zu weit auseinander
record-not-a-ratio = { $ratio } ist kein Likelihood-Quotient: Er ist endlich und größer als 0
record-no-ratio = es gibt keinen Likelihood-Quotienten, der in Worte zu fassen wäre
record-no-words = dafür gibt es keine Worte
record-no-model-given = es wurde kein { $model }-Modell angegeben
record-not-computed = er wurde nicht berechnet
record-embedding = eine Einbettung ist null oder nicht endlich
record-own-latent = der Anfang oder das wiedergewonnene Latent ist das des Werks selbst oder nicht endlich
record-nothing-moved = nichts hat sich bewegt, oder der Anfang ist das Latent des Werks selbst
record-not-examined = es wurde noch nicht untersucht
record-undefined = { $name } ist dafür nicht definiert
record-not-evaluated = nicht bewertet: { $reason }

## Works that are alike, and controls that do not serve

record-twin-by-clip = es ist beinahe dasselbe Bild wie { $name } ({ $role }; CLIP-Ähnlichkeit { $similarity })
record-twin-by-hash =
    es ist beinahe dasselbe Bild wie { $name } ({ $role }; { $differ } von { $signs } Stellen des
    Wahrnehmungs-Hashs weichen ab)
record-role-questioned = fragliches Werk
record-role-negative = negatives Vergleichswerk
record-role-positive = positives Vergleichswerk
record-role-context = Werk anderer
record-role-decoy = verdecktes Prüfwerk
record-unlike-kind =
    die Vergleichswerke gleichen dem Werk nicht: In Farben und Struktur liegt es { $far }-mal so weit von ihnen
    wie sie voneinander, und höchstens das { $limit }-Fache wäre brauchbar; zu wählen sind Werke derselben Hand
    und Art
record-unlike-style =
    die Vergleichswerke gleichen dem Werk nicht: Selbst auf den Kopf gestellt, wie niemand damit trainiert hat,
    liegt es { $turned } Standardabweichungen über ihnen, und was sein Kennwert darüber hinaus hat, ist unter
    ihnen nicht ungewöhnlich ({ $beyond }), so dass das Modell seine Hand kennen mag und nicht das Werk; zu wählen
    sind Werke derselben Hand und Art
record-left-out-together =
    { $name } bleibt außer Betracht, wo die fraglichen Werke gemeinsam beurteilt werden: { $reason }.
record-version-together =
    { $name } ist beinahe dasselbe Bild wie { $name-other }: Wo die fraglichen Werke gemeinsam beurteilt werden,
    zählt dafür eine andere Fassung des Motivs.
record-warning =
    Warnung: { $name }, als nicht verwendet erklärt, liegt weit über den anderen Vergleichswerken (um das
    { $distance }-Fache ihrer Streuung nach oben; bis zum { $limit }-Fachen gilt es als Zufall): Wurde es doch
    verwendet, so heben sich die fraglichen Werke weniger ab, als sie sollten. Zu prüfen ist, woher es stammt.
record-warning-standing-out =
    Warnung: { $name }, als nicht verwendet erklärt, hebt sich von den anderen Vergleichswerken so ab, wie ein
    verwendetes Werk es täte: { $beyond ->
        [what] Was sein Verlustabstand über den seines eigenen, auf den Kopf gestellten Bildes hinaus hat,
       *[its] Sein Kennwert
    } liegt um das { $distance }-Fache ihrer Streuung über ihrer Mitte; bis zum { $limit }-Fachen gilt es als
    Zufall. Wurde es doch verwendet, so heben sich die fraglichen Werke weniger ab, als sie sollten. Es zählt so,
    wie es erklärt wurde; ohne es { $said-without }. Ein Ergebnis ist das nicht, denn wer ein Vergleichswerk
    weglässt, nachdem dessen Kennwert bekannt ist, wählt die Antwort. Zu prüfen ist, woher es stammt.
record-p-values-the-same = wäre kein p-Wert ein anderer
record-p-values-would-be = wäre der p-Wert { $list-values }
record-p-in-place = { $p } statt { $with }
record-p-in-place-for = { $p } statt { $with } für { $name }
record-p-more = und bei { $more } weiteren ein anderer

## What was declared

record-used-proposition = Das fragliche Werk war unter den Bildern, an denen das Modell feinabgestimmt wurde.
record-not-used-proposition =
    Das fragliche Werk war nicht unter den Bildern, an denen das Modell feinabgestimmt wurde; andere Werke
    derselben Hand können darunter gewesen sein.
record-nothing-declared = Zu Herkunft, Daten und Auswahlregel der negativen Vergleichswerke wurde nichts erklärt.
record-declared = Zu den negativen Vergleichswerken erklärt: { $said-source }; { $said-dates }; { $said-rule }.
record-source = Herkunft „{ $name }“
record-dates = Daten „{ $name }“
record-rule = Auswahlregel „{ $name }“
record-source-not-declared = Herkunft nicht erklärt
record-dates-not-declared = Daten nicht erklärt
record-rule-not-declared = Auswahlregel nicht erklärt
record-drawn =
    { $drawn } vom Programm aus { $eligible } Werken ausgelost, nach den Hashs aller Werke (SHA-256 der Liste
    { $name-hash })
record-additions =
    { $controls ->
        [one] { $controls } Vergleichswerk wurde
       *[other] { $controls } Vergleichswerke wurden
    } am { $time } hinzugefügt, als der Fall begonnen war: Der entscheidende Kennwert, die Einstellungen und die
    Frage waren vorher versiegelt und blieben.
record-additions-bound =
    Wer mit dem Ergebnis vor Augen Vergleichswerke hinzufügt, kann aufhören, wann es beliebt; jedes Mal steht im
    Protokoll.
record-additions-unlooked =
    Der Fall wurde begonnen, ohne dass welche vorgesehen waren, so dass allein Farben und Struktur sagen, ob sie
    den Werken gleichen.

## Blind decoys

record-known-used = bekanntlich verwendet
record-known-not-used = bekanntlich nicht verwendet
record-known-used-as = bekanntlich verwendet: { $name }
record-known-not-used-as = bekanntlich nicht verwendet: { $name }
record-p = p = { $p }
record-not-judged = nicht beurteilt
record-decoys =
    { $decoys ->
        [one] { $decoys } Prüfwerk wurde
       *[other] { $decoys } Prüfwerke wurden
    } verdeckt untersucht mit { $said-asked }, unter neutralen Namen in ausgeloster Reihenfolge; welche es waren,
    wurde vor dem ersten Kennwert versiegelt und nach dem letzten geöffnet: { $list-called }.
record-asked-one = dem fraglichen Werk
record-asked-several = { $works } fraglichen Werken
record-decoys-called =
    von { $known } bekanntlich { $used ->
        [used] verwendeten
       *[unused] nicht verwendeten
    } würden bei 5 % { $called } benannt
record-decoys-called-some =
    von { $known } bekanntlich { $used ->
        [used] verwendeten
       *[unused] nicht verwendeten
    } würden bei 5 % { $called } benannt ({ $unjudged } nicht beurteilt)

## Earlier examinations

record-in-no-registry =
    Dieser Fall steht in keinem Register von Untersuchungen: Frühere dieses Modells sind nicht gezählt.
record-registry-missing =
    Wie viele Untersuchungen dieses Modells mit diesem Schlüssel es vorher gab, ist nicht bekannt, und nichts ist
    dafür korrigiert: { $reason }.
record-examination = Dies ist die { $place } Untersuchung dieses Modells mit diesem Schlüssel.
record-one-before-same = Die vorige galt denselben Werken mit denselben Einstellungen.
record-one-before-differs = Die vorige unterscheidet sich davon durch: { $list-parts }.
record-before-same = Die { $before } vorigen galten denselben Werken mit denselben Einstellungen.
record-before-differ = Unter den { $before } vorigen gibt es Unterschiede dazu in: { $list-parts }.
record-registry-bound =
    Das Register neben dem Schlüssel weiß von diesem Schlüssel auf dieser Maschine: Ein anderer Schlüssel, eine
    andere Maschine oder andere Mittel hinterlassen darin keine Spur, und ebenso wenig ein Register, das
    weggenommen oder am Ende gekürzt wurde.
record-tested-again =
    Dies ist die { $place } Prüfung dieses Werks an diesem Modell mit diesem Schlüssel; für { $tests } Prüfungen
    korrigiert (Bonferroni) ist p = { $p }, und keine andere Zahl ist dafür korrigiert.
record-tested-again-only = Dies ist die { $place } Prüfung dieses Werks an diesem Modell mit diesem Schlüssel.
record-first = erste
record-second = zweite
record-third = dritte
record-fourth = vierte
record-fifth = fünfte
record-sixth = sechste
record-seventh = siebte
record-eighth = achte
record-ninth = neunte
record-tenth = zehnte
record-part-works = die fraglichen Werke
record-part-controls = die Werke neben ihnen
record-part-squares = die untersuchten Quadrate
record-part-pretrained = das vortrainierte Modell
record-part-prompt = der Prompt
record-part-seed = der Startwert
record-part-settings = die Einstellungen
record-part-question = die Frage oder der entscheidende Kennwert

## Warnings and notes

record-lacks-of-pretrained =
    Dem feinabgestimmten Modell fehlen { $name-parts }: vom vortrainierten Modell übernommen.
record-unread-files =
    In einem angegebenen Ordner sind { $read } von { $all } Dateien gelesen; nicht gelesen: { $name-files }.
record-lacks-of-fine-tuned =
    Dem vortrainierten Modell fehlen { $name-parts }: vom feinabgestimmten Modell übernommen.
record-other-autoencoder =
    Das feinabgestimmte Modell hat andere Dateien des Autoencoders als das vortrainierte: Für beide werden die des
    vortrainierten Modells verwendet.
record-changed-by-adapters =
    Das feinabgestimmte Modell ist das vortrainierte, verändert durch { $adapters } Adapter nacheinander.
record-adapter =
    { $name } ist { $said-kind } mit der Stärke { $strength }: Es verändert { $layers } Schichten des
    Rauschvorhersagers des vortrainierten Modells und { $text-layers } seines Textkodierers.
record-fine-tuned-adapter =
    Das feinabgestimmte Modell ist { $said-kind } mit der Stärke { $strength }: Es verändert { $layers } Schichten
    des Rauschvorhersagers des vortrainierten Modells und { $text-layers } seines Textkodierers.
record-a-lora = ein LoRA
record-a-lora-of-rank = ein LoRA vom Rang { $rank }
record-a-lora-of-ranks = ein LoRA der Ränge { $least } bis { $most }
record-an-adapter = ein Adapter ({ $name })
record-an-adapter-of-rank = ein Adapter ({ $name }) vom Rang { $rank }
record-an-adapter-of-ranks = ein Adapter ({ $name }) der Ränge { $least } bis { $most }
record-file-says =
    Die Datei des feinabgestimmten Modells sagt, wie jeder sie sagen lassen könnte, sie sei an „{ $name }“
    trainiert: Mit einem anderen vortrainierten Modell besagt das Ergebnis weniger.
record-prompt-not-known =
    Der Prompt der Feinabstimmung ist nicht bekannt: Verwendet wurde „{ $name }“, und mit einem anderen Prompt
    wäre das Ergebnis ein anderes.
record-prompt-likely = Die Datei selbst nennt „{ $name }“, was es sein kann: als Prompt anzugeben.
record-prompt-cut =
    Der Prompt des { $model ->
        [pretrained] vortrainierten
       *[fine-tuned] feinabgestimmten
    } Modells ist länger, als der Textkodierer liest: Sein Ende wurde abgeschnitten.
record-draws-replayed =
    Die Ziehungen wurden aus einer Datei wiederholt: Startwert, Zeitschritte und Rauschen, die daneben angegeben
    waren, blieben ohne Wirkung.
record-start-replayed =
    Die Datei der Ziehungen bringt das Latent mit, von dem ausgegangen wird: Der daneben angegebene Anfang blieb
    ohne Wirkung.
record-steps-moved-nothing =
    { $skipped } von { $steps } Schritten bewegten nichts, weil der Gradient null oder nicht endlich war.
record-other-picture-stored =
    So, wie sie gespeichert ist, ist die Datei ein anderes Bild ({ $list-what }), und ein Modell kann an jenem
    trainiert worden sein; untersucht wurde sie, wie man sie sieht.
record-other-picture-seen =
    So, wie man sie sieht, ist die Datei ein anderes Bild ({ $list-what }), und ein Modell kann an jenem trainiert
    worden sein; untersucht wurde sie, wie sie gespeichert ist.
record-orientation = Ausrichtung
record-profile = Farbprofil
record-opacity = Transparenz
record-inks = Druckfarben
record-as-seen = wie man es sieht
record-as-seen-mirrored = wie man es sieht, gespiegelt
record-as-stored = wie es gespeichert ist
record-as-stored-mirrored = wie es gespeichert ist, gespiegelt
record-made-by-itself =
    Beim Kontrastgewicht { $weight } ist das wiedergewonnene Bild das, was das feinabgestimmte Modell für sich
    allein macht, und das vortrainierte geht nicht ein: Auch gleiche Modelle würden es bewegen.
record-holds-part =
    Beim Kontrastgewicht { $weight } enthält das wiedergewonnene Bild einen Teil dessen, was das vortrainierte
    Modell für sich allein macht: Auch gleiche Modelle würden es bewegen.
record-driven-away =
    Beim Kontrastgewicht { $weight } wird das wiedergewonnene Bild von dem weggetrieben, was das vortrainierte
    Modell für sich allein macht: Auch gleiche Modelle würden es bewegen.
record-made-by-itself-first =
    Beim Kontrastgewicht { $weight } ist das wiedergewonnene Bild das, was das feinabgestimmte Modell für sich
    allein macht, und das vortrainierte geht nicht ein.
record-holds-part-first =
    Beim Kontrastgewicht { $weight } enthält das wiedergewonnene Bild einen Teil dessen, was das vortrainierte
    Modell für sich allein macht.
record-driven-away-first =
    Beim Kontrastgewicht { $weight } wird das wiedergewonnene Bild von dem weggetrieben, was das vortrainierte
    Modell für sich allein macht.
record-independent-noise =
    Bei unabhängigem Rauschen enthält das wiedergewonnene Bild einen Teil dessen, worin sich die beiden Rauschen
    unterscheiden: Auch gleiche Modelle würden es bewegen.
record-different-prompts =
    Den beiden Modellen wurden verschiedene Prompts gegeben, und das wiedergewonnene Bild enthält einen Teil
    dessen, worin sich diese unterscheiden: Auch gleiche Modelle würden es bewegen.
record-self-test-passed =
    Selbsttest bestanden: Mit einem Modell an beiden Stellen hat keiner von { $steps ->
        [one] { $steps } Schritt
       *[other] { $steps } Schritten
    } etwas bewegt.
record-self-test-failed =
    Selbsttest nicht bestanden: Mit einem Modell an beiden Stellen { $moved ->
        [one] hat { $moved }
       *[other] haben { $moved }
    } von { $steps ->
        [one] { $steps } Schritt
       *[other] { $steps } Schritten
    } etwas bewegt.
record-self-test-unexplained =
    Nichts in den Einstellungen erklärt das: Dasselbe Modell hat auf dieselbe Frage verschieden geantwortet.
record-hashed-again =
    sie hält stand, und die Werke und Modelle sind, wie sie waren ({ $files ->
        [one] { $files } Datei
       *[other] { $files } Dateien
    })
record-noted-number = Nummer der Anlage
record-noted-title = Titel
record-noted-parties = Parteien
record-noted-examiner = untersuchende Person

## The two models

record-fit-unknown = Ob das feinabgestimmte Modell aus diesem vortrainierten entstand, ist nicht bekannt.
record-fit-nothing-tells = Nichts sagt, aus welchem Modell das feinabgestimmte entstand.
record-fit-yes = Das vortrainierte Modell passt zum feinabgestimmten.
record-fit-doubtful = Es ist zweifelhaft, ob das feinabgestimmte Modell aus diesem vortrainierten entstand.
record-fit-no =
    Das feinabgestimmte Modell entstand nicht aus diesem vortrainierten, und was mit diesem Paar gefunden wird,
    besagt nichts: Ein anderes vortrainiertes Modell ist zu wählen.
record-fit-apart-yes =
    Der feinabgestimmte Rauschvorhersager liegt um { $distance } der Länge des vortrainierten von ihm entfernt
    ({ $equal } von { $tensors } Tensoren sind gleich), wie es bei einem feinabgestimmten Modell der Fall ist.
record-fit-apart-doubtful =
    Der feinabgestimmte Rauschvorhersager liegt um { $distance } der Länge des vortrainierten von ihm entfernt
    ({ $equal } von { $tensors } Tensoren sind gleich), was für eine Feinabstimmung weit ist.
record-fit-apart-no =
    Der feinabgestimmte Rauschvorhersager liegt um { $distance } der Länge des vortrainierten von ihm entfernt
    ({ $equal } von { $tensors } Tensoren sind gleich): So weit liegen zwei Modelle auseinander, die nichts
    miteinander zu tun haben.
record-fit-loss =
    { $said-on } ist der Verlust des feinabgestimmten Modells das { $ratio }-Fache dessen des
    vortrainierten{ $said-means }
record-on-one = An einem der Werke
record-on-several = An { $works } der Werke
record-loss-no = : Damit sagt das Modell kaum noch etwas vorher.
record-loss-doubtful = , was für eine Feinabstimmung hoch ist.
record-loss-unknown = , was ein Adapter auch auf einer anderen Grundlage haben kann.
record-depiction =
    Der Autoencoder gibt { $said-works } mit { $decibel } dB wieder; der Verlust des Rauschvorhersagers beträgt
    { $share } % dessen, was ohne Vorhersage entstünde
record-depicted-one = das Werk
record-depicted-worst = das schlechteste von { $works } Werken
record-depiction-doubtful = Es ist zweifelhaft, ob das vortrainierte Modell die Werke darstellen kann.
record-depiction-no = Das vortrainierte Modell kann die Werke nicht darstellen.
record-depiction-doubtful-because =
    { $said-facts }: Es kann von anderer Art oder kaum trainiert sein, und dann besagt wenig von dem, was
    wiederkehrt, etwas.
record-depiction-no-because =
    { $said-facts }: Seine Gewichte sind Rauschen oder beschädigt oder nicht von der Art, für die sie gehalten
    werden, und was damit gefunden wird, besagt nichts.
record-choose-another = Ein anderes vortrainiertes Modell ist zu wählen.

## What a model's file states

record-stated-author = Urheber
record-stated-date = Datum
record-stated-architecture = Architektur
record-stated-base = Grundmodell
record-stated-family = Familie des Grundmodells
record-stated-base-hash = SHA-256 des Grundmodells
record-stated-base-autov1 = AutoV1 des Grundmodells
record-stated-prediction = Vorhersage
record-stated-trigger = Auslösewort
record-stated-resolution = Auflösung
record-stated-method = Methode
record-stated-rank = Rang
record-stated-rate = Lernrate
record-stated-optimizer = Optimierer
record-stated-comment = Bemerkung
record-stated-steps = Schritte
record-stated-epochs = Epochen
record-stated-pictures = Bilder
record-stated-pictures-repeated = Bilder, mit Wiederholungen
record-stated-regularisation = Regularisierungsbilder
record-stated-minutes = Minuten des Trainings
record-stated-changes = Bilder wurden
record-stated-folder = Ordner
record-stated-tags = Schlagwörter

## Validation

record-not-validated =
    Für diese Modellfamilie, Art der Feinabstimmung und diese Einstellungen nicht validiert ({ $rows }).
record-no-dossier = es gibt kein Dossier
record-misfit = { $said-models }: { $reason }
record-models =
    { $models ->
        [one] { $models } Modell
       *[other] { $models } Modelle
    }, feinabgestimmt aus „{ $name }“, { $said-trained }
record-drawn-works =
    vom Programm gezeichnet, { $said-hands } von { $name-families }; Werke 0 bis { $last } verwendet, nach
    { $asked } weiteren jeder Hand gefragt; { $pictures } Bilder jedes Modells in { $steps } Schritten bei einer
    Führung von { $guidance }; anderer Prompt „{ $name }“
record-hand = Hand { $name-hand }
record-hands = Hände { $name-first } bis { $name-last }
record-all-weights = alle Gewichte des Rauschvorhersagers
record-lora-of-rank = LoRA vom Rang { $rank }
record-recipe =
    { $said-trained }, { $pictures } Bilder, { $steps } Schritte zu { $batch }, Rate { $name-rate },
    { $said-mirrored }, Prompt „{ $name }“
record-recipe-usual-rate =
    { $said-trained }, { $pictures } Bilder, { $steps } Schritte zu { $batch }, { $said-mirrored }, Prompt
    „{ $name }“
record-mirrored = zufällig gespiegelt
record-never-mirrored = nie gespiegelt
record-misfit-base = es betrifft Modelle, die aus einem anderen Grundmodell feinabgestimmt wurden
record-misfit-trained = es betrifft: { $said-trained }
record-misfit-several = es betrifft einen Adapter und der Fall mehrere zusammen
record-misfit-strength = es betrifft Adapter mit der Stärke 1
record-misfit-text = es betrifft Modelle, deren Textkodierer nicht trainiert wurde
record-misfit-pictures =
    es betrifft ein Training an { $pictures ->
        [one] { $pictures } Bild
       *[other] { $pictures } Bildern
    }, und die Datei des Modells gibt eine andere Zahl an
record-misfit-steps =
    es betrifft ein Training von { $steps ->
        [one] { $steps } Schritt
       *[other] { $steps } Schritten
    }, und die Datei des Modells gibt eine andere Zahl an
record-misfit-mirrored =
    es betrifft ein Training ohne gespiegelte Bilder, und die Datei des Modells gibt solche an
record-misfit-setting = { $said-what } ist im Fall anders
record-what-score = der entscheidende Kennwert
record-what-resolution = die Auflösung
record-what-frame = der Ausschnitt
record-what-reading = die Lesart der Dateien
record-what-sizes = die Angabe der Größen, die den Modellen genannt wurden,
record-what-pretrained-prompt = der Prompt des vortrainierten Modells
record-what-gap = die Art, wie der Verlustabstand gemessen wird,
record-what-repetitions = die Zahl der Wiederholungen
record-misfit-controls =
    seine Fälle hatten { $controls ->
        [one] { $controls } negatives Vergleichswerk
       *[other] { $controls } negative Vergleichswerke
    }, und dieser hat weniger ({ $negatives })
record-misfit-version = validiert wurde Version { $name-made } des Programms, und untersucht hat Version { $name }
record-recipe-condition =
    Die Datei des feinabgestimmten Modells sagt nicht, mit wie vielen Bildern und Schritten es entstand: Die
    Zahlen gelten für den Fall nur, wenn es nach einem Rezept wie diesem entstand.
record-outcomes = Von { $expectations } Erwartungen sind { $held } gehalten.
record-outcomes-unknown =
    Von { $expectations } Erwartungen sind { $held } gehalten; { $unknown } nicht durchgeführt oder mit zu wenigen
    Fällen.
record-outcomes-failed =
    Von { $expectations } Erwartungen sind { $held } gehalten und { $failed } VERFEHLT: { $rows }.
record-outcomes-failed-unknown =
    Von { $expectations } Erwartungen sind { $held } gehalten und { $failed } VERFEHLT: { $rows }; { $unknown }
    nicht durchgeführt oder mit zu wenigen Fällen.
record-failure = { $said-situation }, { $said-share } (erwartet { $said-expected })
record-share = { $called } von { $cases } ({ $low } bis { $high } %)
record-expected-at-most = höchstens { $share } %
record-expected-at-least = mindestens { $share } %
record-held = gehalten
record-failed = VERFEHLT
record-too-few-cases = zu wenige Fälle
record-innocent = Werke, die nicht verwendet wurden
record-used = Werke, die verwendet wurden
record-other-hand = nicht verwendete Werke, Vergleichswerke von anderer Hand
record-other-family = nicht verwendete Werke, Vergleichswerke von anderer Bildart
record-contaminated = nicht verwendete Werke, ein verwendetes unter den Vergleichswerken
record-contamination-noticed = ein verwendetes Werk unter den Vergleichswerken: bemerkt
record-own-output = eigene Bilder des Modells
record-from-own-output = aus eigenen Bildern des Modells gemachte Werke
record-near-duplicate = Beinahe-Duplikate verwendeter Werke
record-wrong-base = nicht verwendete Werke, anderes Grundmodell
record-merged-innocent = nicht verwendete Werke, verschmolzene Modelle
record-merged-used = verwendete Werke, verschmolzene Modelle
record-other-prompt-innocent = nicht verwendete Werke, anderer Prompt
record-other-prompt-used = verwendete Werke, anderer Prompt

## Sizes that the models were told

record-sizes-generation =
    die der Erzeugung: Höhe und Breite { $name-height }, Ausschnitt 0, 0, Ziel { $name-width } mal
    { $name-target }
record-sizes-generation-bucket =
    die der Erzeugung: Höhe und Breite des vorbereiteten Bildes, Ausschnitt 0, 0, Ziel dasselbe
record-sizes-artwork = Größe und Ausschnitt jedes Werks selbst

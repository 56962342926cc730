### Les mots de la fenêtre : l’affaire, sa conclusion, sa pièce.

## The verdict

verdict = Conclusion
add-works-you-know = Ajouter des œuvres sûrement non utilisées…
show-the-case = Montrer l’affaire
reading-what-the-case-concludes = Lecture de la conclusion de l’affaire…
its-scores-have-not-been-weighed = Ses indices n’ont pas encore été pesés : l’affaire n’est pas achevée.
there-is-none-yet =
    Il n’y en a pas encore. Ce que l’on peut croire dès maintenant : les deux modèles diffèrent dans ce qu’ils font
    de cette œuvre, comme le disent ses indices. Si des œuvres non utilisées ont des indices aussi élevés, on ne le
    sait pas sans témoins, si bien que ceci ne dit rien d’une utilisation.
not-used = Non utilisées
used = Utilisées
models-own = Du modèle
others = Autres
name-and-count = { $name } ({ $count })
among-its-controls = Parmi ses témoins
role-here = Rôle ici : { $role }.
if-the-work-was-not-used =
    Si l’œuvre n’a pas été utilisée et que les témoins lui ressemblent : la probabilité d’être aussi haut placée
    parmi les témoins négatifs
p-by-controls =
    { $p } d’après { $controls ->
        [one] { $controls } témoin
       *[other] { $controls } témoins
    }
p-value = Valeur p
likelihood-ratio = Rapport de vraisemblance
bound-of-ratio = Borne à 95 % de celui-ci
name-not-evaluated = { $name } non évalué : { $reason }.
negative-controls-drawn-by-the-program =
    Témoins négatifs : { $drawn } tirés par le programme parmi { $of } possibles, d’après les empreintes de toutes
    les œuvres.
validation = Validation
blind-decoys = Leurres à l’aveugle
count-of-decoys =
    { $decoys ->
        [one] { $decoys } leurre
       *[other] { $decoys } leurres
    }
decoy-in-a-line = { $name }, { $declaration } : { $p }.
validated-for = Validé pour { $name }
every-trial = Chaque essai
dossier-made =
    Établi le { $time } par { $who } avec { $models ->
        [one] { $models } modèle
       *[other] { $models } modèles
    }.
trial = { $share }, attendu { $expected } : { $outcome }
trial-with-refusals =
    { $share }, attendu { $expected } : { $outcome } ; dans { $refused } cas les témoins ont été refusés

## A case

verify = Vérifier
computes-every-hash-of-the-case = Calcule chaque empreinte de l’affaire et contrôle la chaîne de son journal
verify-and-do-over = Vérifier et refaire
verifies-then-examines-every-work-again =
    Vérifie, puis examine de nouveau chaque œuvre et compare les résultats ; dure autant que l’examen
export-as-zip = Exporter en zip…
one-file-with-everything = Un fichier avec tout, et une liste de toutes les empreintes
timestamp-query = Demande d’horodatage…
a-file-for-a-timestamping-authority =
    Un fichier pour une autorité d’horodatage : l’empreinte de la dernière entrée du journal et rien d’autre
the-authoritys-answer-then-nothing-before =
    La réponse de l’autorité : dès lors, rien d’antérieur ne peut être réécrit
in-the-systems-file-manager = Dans le gestionnaire de fichiers du système
examinations-and-entries =
    { $examinations ->
        [one] { $examinations } examen
       *[other] { $examinations } examens
    }, { $entries ->
        [one] { $entries } entrée de journal
       *[other] { $entries } entrées de journal
    }
count-of-examinations =
    { $examinations ->
        [one] { $examinations } examen
       *[other] { $examinations } examens
    }
of-before-there-was-a-journal = D’avant l’existence du journal : rien n’y est signé.
signed-by = Signé par
journal-head = Tête du journal
verification = Vérification
examination-of-is-done-over = L’examen { $number } sur { $of } est refait…
computing-every-hash-of-the-case = Calcul de chaque empreinte de l’affaire…
the-case-holds = L’affaire tient
the-case-does-not-hold = L’affaire ne tient pas
as-of = En date du { $time }.
changed-since = En date du { $time }. L’affaire a changé depuis : vérifiez-la de nouveau.
to-be-known = À savoir
what-cannot-be-excluded = Ce qui ne peut être exclu
done-over-with-the-same-result = Refaits avec le même résultat
journal = Journal
there-is-none = Il n’y en a pas.
who = Qui
event = Événement
hash = Empreinte
items = Éléments
declared-is = Déclaré : { $text }
kept-out-because = Écarté : { $reason }
note = Remarque
note-on = Remarque sur { $name }, { $role }
work = Œuvre
sha-256 = SHA-256
examiners-note = Remarque
click-to-copy = Cliquez pour copier
repetition = répétition { $number }
not-examined-yet = pas encore examinée

## The exhibit

title-export-exhibit = Exporter la pièce
save-as = Enregistrer sous…
exhibit-lacks = Il manque à la pièce : { $missing }. Elle peut être écrite ainsi, et le dit sur sa première page.
exhibit-lacks-number = le numéro
exhibit-lacks-parties = les parties
exhibit-lacks-examiner = le nom de la personne chargée de l’examen
fill-in = Les remplir
leave-them-empty = Les laisser vides…
exhibit-number = Numéro de la pièce
example-of-a-number = par exemple P-7
title = Titre
parties = Parties
example-of-parties = par exemple A. Peintre c. B. Modèle SA
examiner = Examiné par
name-and-address = nom et adresse
language-of-the-exhibit = Langue de la pièce
the-record-stays-english-and-binds = Le dossier reste en anglais et fait foi ; la page 1 le dit.
paper = Papier
page-1-is-always-there = La page 1 est toujours là, et nomme ce qui manque.
blank-certificate-of-authenticity = Certificat d’authenticité vierge
for-the-certification-under-federal-rules =
    Pour la certification selon les Federal Rules of Evidence 902(13) et (14)
what-is-given-is-noted =
    Ce qui est indiqué est noté dans le journal de l’affaire. Avant l’écriture, chaque empreinte de l’affaire est
    contrôlée.
sections-all = Sections : toutes
sections-of = Sections : { $some } sur { $all }
page-of-the-exhibit = Page { $number } de la pièce
previous-page = Page précédente
next-page = Page suivante
page-of = Page { $number } sur { $of }
an-exhibit-without-its-case = Une pièce sans son affaire
what-is-attached-to-it-holds = ✔ Ce qui lui est joint tient
what-is-attached-to-it-does = ✘ Ce qui lui est joint ne tient pas
what-holds = Ce qui tient
cannot-be-told = Ce qui ne peut être dit sans l’affaire
open-its-case = Ouvrir son affaire…
with-the-folder-of-the-case =
    Avec le dossier de l’affaire, les pages elles-mêmes sont contrôlées : mettez la pièce dans son dossier exhibits

## Sealed variants, and adding controls

title-seal-variants = Sceller des variantes avant publication
no-artwork-to-seal = Aucune œuvre n’est sélectionnée.
variants-of-are-made-that-look =
    Des variantes de « { $name } » sont faites, qui se ressemblent : coupées, colorées et grainées un peu autrement.
    L’une d’elles est tirée au sort, et c’est celle que vous publiez. Gardez pour vous les autres et l’œuvre, et le
    sceau avec elles.
should-a-model-turn-up-later =
    Si un modèle apparaît plus tard, examinez toutes les variantes dans une même affaire et classez-les. Que celle
    qui est publiée ait l’indice le plus élevé n’arrive par le seul hasard qu’une fois sur autant de cas qu’il y a
    de variantes : aucun autre témoin n’est nécessaire.
variants = Variantes
number-of-variants = Nombre de variantes
with-of-them-no-p-value = Avec { $variants } d’entre elles, aucune valeur p n’est inférieure à { $least }.
choose-a-folder-for-them = Choisir un dossier pour elles…
add-works-that-were-not-used = Ajouter des œuvres non utilisées
a-score-alone-proves-nothing =
    Un indice seul ne prouve rien : ce qu’il signifie, ce sont des œuvres de la même main et du même genre qui le
    disent, dont vous savez qu’elles n’ont pas été utilisées, parce qu’elles n’ont jamais été publiées ou sont
    postérieures au modèle. Il en faut au moins { $least }, et { $better } en disent davantage.
they-are-examined-in-this-case =
    Ils sont examinés dans cette affaire, exactement comme ses œuvres l’ont été. L’indice qui décide a été fixé
    avant ; le dossier dit quand les témoins sont venus.
choose-pictures = Choisir des images…
choose-a-folder = Choisir un dossier…
count-of-works =
    { $works ->
        [one] { $works } œuvre
       *[other] { $works } œuvres
    }
example-of-knowledge = par exemple : inédites ; dans l’atelier de l’artiste
a-run-is-under-way-examine = Un passage est en cours : examinez-les quand il sera terminé.
examine-them = Les examiner
leave-out = Laisser { $name } de côté

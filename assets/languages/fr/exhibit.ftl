### Les mots de la pièce en français.

## The first page, and what stands on every page

exhibit-without-number = Pièce sans numéro
exhibit-number = Pièce { $number }
kind = Rapport d’un examen sur l’utilisation pour l’entraînement
day = { $day } { $month } { $year }
day-and-time = { $day }, { $time } UTC
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
parties = Parties
examiner = Examiné par
program = Programme
no-examiner = non nommé
no-parties = non nommées
finding = Conclusion
not-evaluated-because = Non évalué. { $reason }
not-said = Ce que cette conclusion ne dit pas
one-of-works = { $role } : { $name } (la première de { $works } œuvres en question)
journal = Journal { $head }…
page-of = Page { $page } sur { $pages }
left-out = Manquent dans cet exemplaire : { $sections }.
first-page-alone = Cet exemplaire se réduit à la première page. { $missing }
which-binds =
    Cette pièce est une traduction. Le dossier de l’affaire (case.json, assessment.json et le journal) et ses
    phrases sont en anglais ; là où la traduction s’en écarte, c’est le texte anglais du dossier qui fait foi.
journal-file =
    Le journal de l’affaire jusqu’à l’entrée imprimée : chaque étape, enchaînée par des empreintes et signée.
timestamp-file = Horodatage d’une autorité (RFC 3161) pour une entrée du journal.
record-file =
    Le dossier de l’affaire tel que le programme le tient : réglages, modèles, œuvres et SHA-256 de chaque
    fichier. C’est de lui que part une seconde personne chargée de l’examen.

## Pictures

original = Original
partial = Reste
recovered = Retrouvé
original-is = L’œuvre telle qu’elle a été examinée
partial-is = Ce qui restait une fois une partie ôtée
recovered-is = Ce que l’écart des modèles a remis
recovered-is-impure = Remis, non par la seule différence des modèles
original-of = L’original, « { $name } », tel qu’il a été examiné.
partial-of = « { $name } » une fois une partie ôtée ; c’est de là que part l’examen.
recovered-of = Ce que la différence entre les deux modèles a remis de « { $name } ».
recovered-of-impure = Ce que l’examen a remis de « { $name } ».
small-picture = « { $name } », en petit.

## Titles of the sections

section-works = Œuvres en question
section-controls = Témoins
section-evaluation = Évaluation
section-method = Méthode
section-settings = Réglages
section-models = Modèles
section-alternatives = Autres explications envisagées
section-limitations = Limites
section-reproduction = Comment refaire l’examen
section-custody = Conservation et journal
section-statement = Déclaration de la personne chargée de l’examen
section-certificate = Certificat d’authenticité

## Works in question

work = Œuvre
picture = Image
note = Remarque de la personne chargée de l’examen
titled = { $title } : { $text }
to-be-noted = À noter
score = Indice
recovered-picture = Image retrouvée
partial-picture = Image restante
decides = Cet indice décide ; { $direction }
not-evaluated-as = Non évalué : { $reason }

## Controls

no-controls =
    Aucun témoin n’a été examiné. Sans témoins, un indice n’a pas de sens, et aucun ne lui est donné ici.
name = Nom
declared = Déclaré
not-counted = Non compté : { $reason }
controls-of-kind =
    { $kind } : { $pictures ->
        [one] { $pictures } image
       *[other] { $pictures } images
    }
controls-of-kind-counted =
    { $kind } : { $pictures ->
        [one] { $pictures } image
       *[other] { $pictures } images
    }, dont { $kept-out } non comptées
controls-negative = Témoins négatifs
controls-negative-are =
    Déclarés non utilisés. S’il en est ainsi, ils montrent quels indices ont des œuvres que le modèle n’a pas
    vues ; c’est sur eux que repose la conclusion. Ils devraient être de la même main et du même genre que l’œuvre
    en question.
controls-positive = Témoins positifs
controls-positive-are =
    Déclarés utilisés. S’il en est ainsi, ils montrent si l’examen trouve, sur ce modèle, ce qu’il y a à trouver.
controls-own-output = Images produites par le modèle affiné
controls-own-output-are =
    Les propres images d’un modèle peuvent avoir des indices semblables à ceux d’œuvres sur lesquelles il a été
    entraîné. Elles montrent jusqu’où monte la simple familiarité.
controls-decoy = Leurres à l’aveugle
controls-decoy-are =
    Œuvres déclarées utilisées ou non, examinées parmi les œuvres en question sous des noms neutres, dans un ordre
    tiré au sort. Ce que désignent les noms a été scellé par un condensat avant le premier indice et ouvert après
    le dernier. Ils montrent ce que l’examen dit d’œuvres dont personne ne pouvait arranger la réponse ; ils ne
    font pas partie de la conclusion.
controls-context = Œuvres d’autres auteurs, pour situer
controls-context-are =
    Œuvres différentes de celle en question. Elles sont montrées pour situer et ne font pas partie de la
    conclusion : un modèle qui n’a appris qu’un style donne lui aussi à de telles œuvres des indices bas.
controls-null-run = Passages avec un modèle déclaré ne pas avoir vu l’œuvre
controls-null-run-are =
    L’œuvre en question, examinée avec un autre modèle à la place du modèle affiné. Un indice élevé parlerait ici
    contre l’examen lui-même.
controls-self-test = Autotest : le modèle préentraîné aux deux places
controls-self-test-are =
    Une œuvre en question, examinée avec le modèle préentraîné aussi à la place du modèle affiné et, pour le
    reste, avec les réglages de l’affaire. Rien ne doit bouger : ce qui bouge vient de l’examen et non de
    l’affinage.

## Evaluation

propositions = Les deux hypothèses
propositions-are =
    La conclusion met en balance deux hypothèses. Elle dit de combien l’une explique mieux l’indice que l’autre,
    et non quelle est la probabilité de l’une ou de l’autre.
first = Première
second = Seconde
the-finding = La conclusion
p-value = Valeur p
likelihood-ratio = Rapport de vraisemblance
bound-of-ratio = Borne à 95 % du rapport
more-works =
    Les chiffres { $works ->
        [one] d’{ $works } autre œuvre
       *[other] de { $works } autres œuvres
    } figurent dans l’évaluation. { $by }
error-rates = Ce que vaut la méthode sur les témoins
validation = Validation sur des œuvres dont l’utilisation est connue
validation-is =
    Avant cette affaire, le programme a été éprouvé sur des œuvres dont l’utilisation est connue, avec des modèles
    affinés à cette fin. Ce qui était attendu a été fixé avant toute mesure. Les intervalles sont des intervalles
    exacts à 95 % d’une proportion de cas indépendants ; les cas d’un même modèle le partagent, lui et ses
    témoins, si bien qu’ils sont en vérité un peu plus larges. Une attente a échoué quand son intervalle est tout
    entier au-delà d’elle, et tient quand les cas ne la contredisent pas. La signature montre que le dossier de
    validation n’a pas été modifié depuis qu’il a été établi ; à qui est la clé, elle ne le montre pas.
asked-about = Question sur
expected = Attendu
called-at-5 = Désigné à 5 %
outcome = Résultat
scale = L’échelle verbale
scale-is =
    L’échelle verbale, fixée avant l’examen, suit les lignes directrices du Réseau européen des instituts de
    police scientifique (ENFSI) pour les rapports évaluatifs.
scale-is-marked =
    L’échelle verbale, fixée avant l’examen, suit les lignes directrices du Réseau européen des instituts de
    police scientifique (ENFSI) pour les rapports évaluatifs. Ce à quoi arrive cette affaire est mis en évidence.
in-words = En mots
words-of = { $words } ({ $works })
figure = Figure { $number }. { $title }. { $caption }

## Method

method-1 =
    Un modèle de diffusion produit des images en ôtant du bruit. Il l’a appris sur de nombreuses images, et un
    modèle que l’on affine sur quelques autres apprend à ôter le bruit de celles-ci en particulier. La méthode,
    nommée CGI-DM, en tire parti : elle compare un modèle préentraîné avec le modèle qui en a été affiné, et
    demande si le second prédit une œuvre mieux que le premier.
method-2 =
    D’abord l’œuvre est ramenée à la taille à laquelle travaillent les modèles, et une partie en est ôtée selon un
    motif fixe, ou elle est floutée tout entière ; les réglages nomment le motif. Ce qui reste est l’image
    restante. À partir d’un départ que les réglages nomment, la partie manquante est ensuite modifiée par petits
    pas. À chaque pas, du bruit est ajouté à l’image, les deux modèles prédisent ce bruit, et la partie manquante
    est un peu déplacée dans la direction où le modèle affiné prédit mieux en comparaison du modèle préentraîné,
    les deux pondérés comme le disent les réglages. Le changement dans son ensemble est limité. Le résultat est
    l’image retrouvée.
method-3 =
    La méthode attend que cette direction mène vers une œuvre qui était parmi les images de l’affinage, et moins
    ou pas du tout vers une œuvre qui n’y était pas. Deux sortes de nombres, les indices, le mesurent : jusqu’où
    l’image retrouvée s’est approchée de l’original, et l’écart de perte, c’est-à-dire de combien le modèle affiné
    prédit mieux que le modèle préentraîné le bruit sur l’œuvre entière, quelle que soit l’image retrouvée.
    L’indice sur lequel repose la conclusion est choisi avant le premier passage.
method-4 =
    Un indice à lui seul ne prouve rien. Sa hauteur dépend de l’œuvre, du modèle et de la durée de l’entraînement.
    C’est pourquoi il est comparé aux indices de témoins, d’autres images examinées de la même manière. Ceux qui
    ont été examinés dans cette affaire figurent dans la section sur les témoins ; là où il n’y en a pas, rien
    n’est évalué.
method-5 =
    La méthode a été éprouvée par ses auteurs sur d’autres modèles et avec d’autres réglages ; leurs chiffres ne
    sont pas des taux d’erreur de cet examen et ne sont pas répétés ici. Les essais de ce programme portent sur de
    petits modèles, avec des œuvres dessinées et avec celles d’un peintre ; ils figurent, avec les commandes qui
    les refont, dans docs/figures.md de son code source. La section sur l’évaluation dit si le programme a été
    validé pour la famille de modèles, le mode d’affinage et les réglages de cette affaire. Ce que vaut la méthode
    ici, ce sont les propres témoins de l’affaire qui le montrent.
method-6 =
    Une image retrouvée n’est jamais comparée qu’avec son propre original. Tous les nombres aléatoires découlent
    d’une graine indiquée ou d’un fichier enregistré, de sorte que le même examen peut être refait.
method-source =
    Wu et al., « CGI-DM: Digital Copyright Authentication for Diffusion Models via Contrasting Gradient
    Inversion », CVPR 2024, arXiv 2403.11162.

## Settings, models, other explanations

settings-are =
    Toutes les images de l’affaire, œuvres en question comme témoins, ont été examinées avec ces réglages ; les
    graines de leurs tirages aléatoires figurent dans le journal. Ce qui diffère du préréglage est mis en
    évidence.
setting = Réglage
value = Valeur
preset = Préréglage
differs = diffère : le préréglage a { $preset }
models-are =
    Le SHA-256 identifie les fichiers au bit près. Ce qu’un fichier dit de son propre entraînement est rendu tel
    qu’il y figure ; de telles indications peuvent être modifiées.
model-kind = Genre
explanation = Explication
speaks-for-or-against = Ce qui parle ici pour ou contre elle

## Limitations

limits-of-case = De cette affaire
limits-of-all = De tout examen de ce genre
limit-1 = Un indice bas ne prouve pas l’absence.
limit-1-is =
    Une œuvre peut avoir été utilisée et ne rien laisser que cette méthode trouve, par exemple si beaucoup
    d’œuvres ont été utilisées, si l’entraînement a été court ou si quelque chose a été fait pour que les œuvres
    ne se montrent pas.
limit-2 = Les adaptateurs montrent moins.
limit-2-is =
    Dans les essais des auteurs de la méthode et de ce programme, les adaptateurs (LoRA) révélaient moins de leurs
    images d’entraînement que les modèles affinés tout entiers. Avec eux, un indice bas en dit encore moins.
limit-3 = Les seuils ne se transposent pas.
limit-3-is =
    Dans une comparaison publiée, un seuil fixé pour 1 % de faux positifs sur un ensemble d’images en a donné de
    22 à 51 % sur un autre (CopyMark, arXiv 2410.03640). Aucun indice d’une autre affaire n’est une mesure pour
    celle-ci.
limit-4 = Un tel test ne peut prouver un entraînement.
limit-4-is =
    Les témoins ont été choisis et non tirés au sort avant l’entraînement. Sans œuvres mises de côté au hasard,
    aucun tel test ne peut se porter garant de son taux de faux positifs (Zhang et al., SaTML 2025, arXiv
    2409.19798). Ses chiffres valent dans la mesure où les témoins sont échangeables avec l’œuvre en question, ce
    qui est une supposition.
limit-5 = Les propres images d’un modèle.
limit-5-is =
    Des images qu’un modèle a produites peuvent être prises pour des images sur lesquelles il a été entraîné (MGI,
    arXiv 2606.23872), de même que des œuvres faites à partir d’elles.
limit-6 = Les témoins bornent la conclusion.
limit-6-is =
    Elle ne vaut que dans la mesure où les témoins ressemblent à l’œuvre en question : de la même main, du même
    genre et non utilisés. Qu’ils le soient, c’est ce que déclare qui les a fournis ; cet examen ne le montre pas.
    Un rapport de vraisemblance n’est jamais plus grand que ce que leur nombre peut porter.
limit-7 = Un style n’est pas une utilisation.
limit-7-is =
    Un modèle peut apprendre un style sur quelques œuvres et donner ensuite à d’autres œuvres de ce style des
    indices plus élevés qu’à des œuvres d’un autre style, bien qu’il ne les ait jamais vues. Seuls des témoins du
    même style peuvent montrer quelle part d’un indice cela explique.
limit-8 = Quasi-doublons.
limit-8-is =
    Une œuvre publiée se trouve souvent sur le web en copies, en recadrages et en retouches. Une œuvre peut avoir
    l’indice d’une œuvre utilisée parce que quelque chose de presque identique l’a été. L’examen ne distingue pas
    les deux.
limit-9 = Le prompt de l’entraînement.
limit-9-is =
    L’affinage lie des images à des mots. Là où ces mots ne sont pas connus, d’autres en tiennent lieu, et
    l’indice peut être autre qu’il ne serait. En essayer plusieurs, c’est tester plusieurs fois ; les essais que
    connaît le registre tenu à côté de la clé sont comptés, et leur nombre ainsi que la valeur p corrigée pour lui
    figurent près de la conclusion. Aucun autre chiffre n’est corrigé.
limit-10 = Le modèle préentraîné.
limit-10-is =
    L’examen porte sur ce que l’affinage a ajouté. Il ne dit rien des images dont le modèle préentraîné est issu.
    Si ce n’est pas de ce modèle que l’affinage est parti, la comparaison porte sur autre chose que l’affinage, et
    des œuvres qui n’ont pas été utilisées peuvent avoir des indices d’œuvres utilisées.
limit-11 = L’image retrouvée est une mesure.
limit-11-is =
    Ce n’est pas une copie tirée du modèle. Ce qui revient provient de ce qui restait de l’œuvre, de la façon dont
    ses lacunes étaient remplies au départ, et des deux modèles ; l’image ne les distingue pas, et la ressemblance
    que voit l’œil n’est pas une conclusion.
limit-12 = Un carré, une taille.
limit-12-is =
    L’œuvre est examinée à la taille à laquelle travaillent les modèles, et seulement dans un carré. Les détails
    plus fins et les parties hors du carré n’ont pas d’influence.

## How to repeat it, custody and journal

reproduction-is =
    Avec les fichiers de cette affaire et la même version du programme, ces commandes refont l’examen. Le
    case.json joint contient chaque réglage en entier.
custody-is =
    Chaque entrée du journal de l’affaire contient le SHA-256 de la précédente, si bien que personne, sans sa clé,
    ne peut modifier une entrée ou en ôter une sans laisser de trace. Qui détient la clé pourrait récrire le
    tout ; ce qui le borne, c’est un horodatage, ou une pièce produite auparavant. Le journal parle de cette
    affaire et d’aucune autre ; combien d’examens du modèle avec cette clé ont précédé, d’après le registre tenu à
    côté de la clé, figure parmi les limites. Les heures sont celles de la machine, en UTC.
key = Clé
not-signed = Le journal n’est pas signé.
last-entry = Dernière entrée, SHA-256
entry-number = N°
entry-time = Heure
entry-who = Qui
entry-what = Quoi
entry-hash = SHA-256, début

## The examiner’s statement

statement-1 = J’ai mené l’examen que décrit ce rapport, ou je l’ai supervisé.
statement-2 =
    Les œuvres en question, les témoins, les réglages, l’indice sur lequel repose la conclusion et les deux
    hypothèses ont été fixés avant le premier passage de cette affaire, pour autant que le montre son journal. Ce
    que j’ai examiné d’autre de ces œuvres ou avec ce modèle, dans d’autres affaires ou par d’autres moyens, je le
    nomme ci-dessous.
statement-3 =
    La conclusion est mon avis, obtenu par la méthode que décrit ce rapport. Elle concerne l’utilisation pour
    l’entraînement. Elle ne se prononce sur aucune question de droit.
statement-4 =
    J’ai nommé les limites de la conclusion et les autres explications que je connais. Si j’apprends quoi que ce
    soit qui change la conclusion, je le dirai à ceux qui s’appuient sur elle.
statement-5 = Je n’ai dans l’issue aucun intérêt autre que ceux indiqués ici :
interests = Intérêts, ou « aucun »
other-examinations = Autres examens, ou « aucun »
place-and-date = Lieu et date
signature = Signature
name-of-examiner = Nom et qualification de la personne chargée de l’examen
named-examiner = { $name }, chargé(e) de l’examen

## The certificate of authenticity

certificate-is =
    Formulaire selon les règles 902(13) et 902(14) des Federal Rules of Evidence des États-Unis, à remplir et à
    signer par une personne qualifiée. Il certifie l’authenticité d’enregistrements et de copies ; il ne fait pas
    partie de l’avis de la personne chargée de l’examen. Avant un procès ou une audience, la partie qui produit la
    preuve en donne par écrit un préavis raisonnable et rend l’enregistrement et le certificat accessibles à
    l’inspection (règle 902(11)).
certificate-1 =
    Je suis la personne nommée ci-dessous. Ma fonction et mes qualifications sont telles qu’indiquées, et j’ai une
    connaissance personnelle de ce que je certifie ici.
certificate-2 =
    L’enregistrement nommé ci-dessous a été produit par un procédé ou un système électronique, le programme nommé
    dans ce rapport, qui produit un résultat exact. Je le sais par : (décrire les essais du système, ou renvoyer à
    la section de ce rapport qui les décrit).
certificate-3 =
    Les fichiers nommés ci-dessous sont des copies fidèles de données de l’appareil électronique, du support de
    stockage ou du fichier décrit. Leur authenticité a été établie par un procédé d’identification numérique : le
    SHA-256 de chaque copie a été calculé et est identique à celui de sa source.
certificate-4 =
    Le journal de l’affaire a été vérifié à la date indiquée ci-dessous, et sa dernière entrée a le SHA-256
    qu’indique ce rapport.
certificate-5 =
    Je déclare, sous peine de parjure selon les lois des États-Unis d’Amérique, que ce qui précède est vrai et
    exact.
certified-record = Enregistrement
certified-system = Système
certified-journal = Journal, SHA-256
copied-from = Fichiers, appareils ou supports dont des copies ont été prises
position = Fonction et qualification
executed = Fait le (date), à (lieu)

## Charts

chart-questioned = En question
chart-none = aucun
chart-area = AUC (intervalle à 95 %)
chart-area-of = { $area } ({ $low } à { $high })
chart-false-positives = non utilisés désignés utilisés (taux de faux positifs)
chart-true-positives = utilisés désignés utilisés (taux de vrais positifs)

## Text that is not printed

not-printed = … ({ $characters } autres caractères ne sont pas imprimés)

## What a case is, in the words of the exhibit: title and works

usual-title =
    Examen { $works ->
        [one] d’une œuvre
       *[other] de { $works } œuvres
    } face au modèle « { $name } »
questioned-work = Œuvre en question { $letter }
role-in-reading = { $role }, { $reading }
extent-square = { $width } × { $height } pixels, dont un carré examiné à { $across } × { $down }.
extent-bucket = { $width } × { $height } pixels, dont tout sauf une marge examiné à { $across } × { $down }.
direction = plus haut parle pour une utilisation à l’entraînement
direction-whole-work =  ; mesuré sur l’œuvre entière
direction-repeated =  ; moyenne et dispersion de { $repetitions } répétitions
direction-readings =  ; de ses { $readings } lectures compte la meilleure
no-figure = non évalué
no-figure-because = non évalué : { $reason }

## Scores

score-recovery-direction = Direction du retour
score-recovery-gain = Gain du retour (dB)
score-loss-gap = Écart de perte
score-structural = Similarité structurelle
score-structural-gain = Gain de similarité structurelle
score-clip = Similarité CLIP
score-dino = Similarité DINO
score-of-recovery-decides = Cet indice de l’image retrouvée décide : { $score }.
score-decides = Cet indice décide : { $score }. L’image retrouvée l’illustre.

## The finding and its figures

holds-for = La conclusion vaut pour ce fichier de modèle, ces réglages et ces témoins, et pour aucun autre.
scale-range = { $from } à { $to }
scale-above = plus de { $from }
this-case = cette affaire
for-not-used = { $works }, pour « non utilisée »
figures-by =
    { $decides } Plus haut parle pour une utilisation à l’entraînement. La valeur p est conforme : la part, parmi
    l’œuvre et ses témoins, de ce qui a un indice au moins aussi élevé. Témoins : { $negatives ->
        [one] { $negatives } œuvre déclarée non utilisée
       *[other] { $negatives } œuvres déclarées non utilisées
    }.
figures-by-both =
    { $decides } Plus haut parle pour une utilisation à l’entraînement. La valeur p est conforme : la part, parmi
    l’œuvre et ses témoins, de ce qui a un indice au moins aussi élevé. Témoins : { $negatives ->
        [one] { $negatives } œuvre déclarée non utilisée
       *[other] { $negatives } œuvres déclarées non utilisées
    }, { $positives ->
        [one] { $positives } déclarée utilisée
       *[other] { $positives } déclarées utilisées
    }.
corrected-for-works =
    Corrigé pour plusieurs œuvres : par la méthode de Holm, qui borne la probabilité d’une seule fausse
    désignation parmi elles (avec autant d’œuvres et de témoins, la valeur ne peut être inférieure à
    { $smallest }), et par celle de Benjamini et Hochberg (BH), qui borne la part attendue de fausses désignations
    parmi les désignations.
corrected-for-tests =
    Plusieurs tests : pour tous ceux de cette œuvre face à ce modèle avec cette clé, par la méthode de Bonferroni.
corrected-for-readings =
    Œuvres qui sont une autre image dans une autre lecture de leur fichier : indice et valeur p de la lecture qui
    compte, corrigés pour leur nombre par la méthode de Bonferroni.
ratio-speaks = Un rapport supérieur à 1 parle pour l’utilisation, inférieur à 1 contre elle.
ratio-limited = Limité : à ce que portent si peu de témoins.
ratio-by-recipes =
    Le rapport de vraisemblance vaut si l’affinage a été fait selon l’une des { $recipes } recettes essayées.
sentence-on = Œuvre en question { $letter } : { $sentence }
nothing-asked = aucune question n’a été posée
finding-of-only =
    De l’œuvre en question { $letter }, qui seule reste là où elles sont jugées ensemble : { $sentence }
not-corrected =
    { $sentence } Il n’est pas corrigé pour des tests antérieurs de { $works } de ces œuvres face à ce modèle.
at-least = au moins { $bound }
at-most = au plus { $bound }
of-tests = { $tests } tests { $p-value }
limited = { $ratio } (limité)

## Error rates

false-positives = Faux positifs
likelihood-ratios = Rapports de vraisemblance
share = { $successes } sur { $trials }, { $share } ({ $interval })
interval = intervalle à 95 % { $interval }
between = { $low } à { $high }
percent = { $number } %
called-used =
    { $successes } sur { $trials } témoins déclarés non utilisés seraient désignés utilisés, { $share }
    ({ $interval }), chacun jugé par un seuil fixé sans lui.
above-every-negative =
    Une œuvre non utilisée dépasse l’ensemble des { $negatives } témoins déclarés non utilisés avec une
    probabilité de { $chance } ({ $interval }).
area-under-curve = Aire sous la courbe ROC
area-under-curve-is = { $area } (intervalle à 95 % { $low } à { $high }) ; 0,5 est le hasard, 1 aucune erreur.
told-rightly = Témoins bien distingués
told-rightly-is = { $share }, chacun par un seuil fixé sans lui.
told-rightly-in-sample = Témoins bien distingués, sur l’échantillon même
told-rightly-in-sample-is = { $share }, par le seuil qui est le meilleur pour ces œuvres-là.
found-at = Trouvés à { $rate } de faux positifs, sur l’échantillon même
found-at-is = { $share } ; le taux de faux positifs y est, avec si peu de témoins, de { $rates }.
found-at-1 = Trouvés à 1 % de faux positifs
found-at-1-needs = Non évalué : il faut au moins { $controls } témoins déclarés non utilisés.
cost =
    Coût (Cllr) : { $in-sample } sur l’échantillon même, { $by-others } chaque témoin étant jugé par les autres ;
    0 est parfait, 1 ne dit rien. Autant de témoins portent des rapports de { $lower } à { $upper }.
cost-of-reported =
    Coût (Cllr) des rapports tels qu’ils sont donnés : { $reported }, chaque témoin étant jugé par les autres ;
    avant qu’ils soient limités : { $in-sample } sur l’échantillon même, { $by-others } chaque témoin étant jugé
    par les autres ; 0 est parfait, 1 ne dit rien. Autant de témoins portent des rapports de { $lower } à
    { $upper }.
calibration = Étalonnage « { $name } »
ratio-and-bound = { $ratio } (borne à 95 % : { $bound })
calibration-is = Rapport de vraisemblance { $ratios }. { $cost }
calibration-not-evaluated = Non évalué : { $reason }.

## Figures

row-negative = Déclarées non utilisées
row-positive = Déclarées utilisées
row-own-output = Propres images du modèle
row-context = Œuvres d’autres auteurs
overview = Les œuvres en question parmi leurs témoins
overview-in-reading = Les œuvres en question parmi leurs témoins, chacune lue { $reading }
overview-axis = { $score } (plus haut parle pour une utilisation)
overview-caption =
    Chaque marque est une image, examinée de la même manière ; les bandes montrent l’étendue de chaque ligne.
overview-work = œuvre en question { $letter } { $score }
overview-none = { $row } : aucune
overview-row = { $row } : { $scores }
overview-told = { $score } : { $parts }
roc = Comment l’indice distingue les témoins
roc-title = Témoins déclarés utilisés face à ceux déclarés non utilisés
roc-caption = Aire sous la courbe { $area }, intervalle à 95 % { $low } à { $high }.
roc-told =
    Courbe ROC des témoins : aire { $area }, intervalle à 95 % { $low } à { $high } ; 0,5 est le hasard, 1 aucune
    erreur.

## Validation

validated-models = Modèles
validated-recipe = Mode d’affinage
validated-works = Œuvres
validated-with = Examiné avec
validated-with-is = { $score }, { $resolution } pixels, lecture { $reading }, { $controls } témoins par cas.
dossier = Dossier de validation
dossier-is =
    Établi le { $time } par { $who } avec Palimpsest { $version } ({ $build }) sur { $processor }, graine
    { $seed }. SHA-256 { $hash } ; signé de la clé dont l’empreinte est { $key }.
processor-not-named = un processeur qui n’est pas nommé
refused =  ; dans { $cases } cas les témoins ont été refusés
at-1 =  ; à 1 % : { $share }
not-run = non exécuté

## Settings

setting-score = Indice qui décide, fixé d’avance
setting-repetitions = Répétitions
setting-choice = Choix des témoins négatifs
setting-source = Provenance des témoins négatifs
setting-dates = Dates des témoins négatifs
setting-rule = Règle de leur choix
setting-preset = Préréglage
setting-reading = Lecture des fichiers
setting-mask = Masque
setting-resolution = Résolution
setting-steps = Pas
setting-start = Départ de la partie ôtée
setting-step-length = Longueur du pas
setting-budget = Budget
setting-momentum = Inertie
setting-timesteps = Pas de temps
setting-weight = Poids du modèle préentraîné
setting-noise = Bruit
setting-draws = Tirages aléatoires
setting-seed = Graine des œuvres en question
setting-prompt = Prompt
setting-pretrained-prompt = Prompt du modèle préentraîné
setting-arithmetic = Arithmétique
setting-program = Programme
setting-sizes = Tailles de l’image indiquées aux modèles
prompt-given = tel que donné
prompt-from-file = du prompt.txt du modèle
prompt-assumed = supposé : rien ne dit lequel c’était
replayed-draws = tirages rejoués
draws-from-file = rejoués de { $file }, SHA-256 { $hash }
draws-from-seed = de la graine
there-are-none = il n’y en a pas
by-the-user = par l’utilisateur ou l’utilisatrice
not-declared = non déclaré
the-same = le même
also-read =  ; là où c’est une autre image, aussi { $reading }
weight-projected =
    à chaque pas, ce qui ôte la direction de son propre gradient de celui du modèle affiné (projeté)
start-reencoded = l’image restante, encodée de nouveau
start-filled = remplie d’après ce qui restait autour
start-blurred = l’image floutée
start-recorded = comme l’a le fichier des tirages
timesteps = { $first } à { $last }
resolution-square = { $pixels } pixels
resolution-bucket =
    l’image entière à la taille la plus proche de la sienne parmi celles d’une aire d’environ { $pixels } sur
    { $pixels } pixels

## Models

pretrained = Préentraîné
fine-tuned = Affiné
null-run = Passage à vide (déclaré n’avoir vu aucune des œuvres)
model-is = Modèle de diffusion latente{ $family } ; prédit { $predicted }
predicts-noise = le bruit (epsilon)
predicts-velocity = la vitesse (v)
answer-unknown = Non connu.
answer-yes = Oui.
answer-doubtful = Douteux.
answer-no = Non.
fits = Convient au modèle affiné
can-depict = Peut représenter les œuvres
model-files = Fichiers
taken-from-pretrained = Pris du modèle préentraîné
states = { $whose } indique : { $what }
adapter = Adaptateur { $number }
the-file = Le fichier
lora-is = rangs { $least } à { $most }, force { $strength }
unused = Tenseurs qui n’ont pas été utilisés
unused-of-adapter = Tenseurs de l’adaptateur { $number } qui n’ont pas été utilisés

## Other explanations

other-style = Le modèle connaît le style de la main et non l’œuvre.
other-style-not-considered = Non envisagé : il n’y a pas de témoins négatifs.
other-style-considered =
    { $controls ->
        [one] { $controls } témoin déclaré non utilisé a été examiné
       *[other] { $controls } témoins déclarés non utilisés ont été examinés
    } de la même manière ; la conclusion leur est relative et n’exclut ceci que dans la mesure où ils partagent le
    style.
other-nothing = La méthode trouve quelque chose là où il n’y a rien.
other-nothing-not-considered =
    Non envisagé : il n’y a pas de passage face à un modèle qui n’a vu aucune des œuvres.
other-nothing-considered =
    { $works ->
        [one] { $works } œuvre en question a été examinée
       *[other] { $works } œuvres en question ont été examinées
    } aussi avec un autre modèle affiné à partir du même modèle préentraîné ; les indices figurent parmi les
    témoins.
other-pretrained = Le modèle préentraîné avait déjà vu l’œuvre.
other-pretrained-excluded =
    L’indice repose sur la différence entre les deux modèles ; ce que le modèle préentraîné remet de lui-même n’y
    entre pas.
other-pretrained-not-excluded = Non exclu par les réglages. { $impurity }
other-duplicate = C’est un quasi-doublon de l’œuvre qui a été utilisé, et non l’œuvre.
other-duplicate-none =
    Non exclu : les œuvres de cette affaire ont été comparées entre elles, et aucune n’a été écartée ; les images
    d’entraînement ne sont pas connues, et une copie de l’œuvre parmi elles peut donner l’indice d’une
    utilisation.
other-duplicate-some =
    Non exclu : les œuvres de cette affaire ont été comparées entre elles, et { $works ->
        [one] { $works } a été écartée
       *[other] { $works } ont été écartées
    } ; les images d’entraînement ne sont pas connues, et une copie de l’œuvre parmi elles peut donner l’indice
    d’une utilisation.

## Limits of a case

prompt-not-known = Le prompt de l’affinage n’est pas connu.
is-a-lora = Le modèle affiné est un LoRA, qui rend moins qu’un affinage complet.
is-of-loras =
    Le modèle affiné est fait de { $loras } LoRA, qui rendent moins qu’un affinage complet. Lequel d’entre eux
    connaît une œuvre n’est pas distingué.
self-test-differs = L’autotest a été mené avec d’autres réglages que les œuvres : il ne parle pas pour les leurs.
files-missing =
    Quand les œuvres et les modèles ont été hachés de nouveau, { $files ->
        [one] { $files } fichier n’était pas à sa place et n’a pu être vérifié
       *[other] { $files } fichiers n’étaient pas à leur place et n’ont pu être vérifiés
    } : { $names }.
tolerance =
    Sur une machine de même arithmétique ({ $arithmetic }) et avec cette version du programme, les nombres sont
    les mêmes au bit près ; sur d’autres, les indices peuvent différer à la troisième décimale.

## Entries of the journal

event-begun =
    Affaire commencée : { $items ->
        [one] { $items } élément
       *[other] { $items } éléments
    }, réglages, question et indice qui décide fixés
event-extended =
    { $works ->
        [one] { $works } témoin ajouté
       *[other] { $works } témoins ajoutés
    }, { $examinations ->
        [one] { $examinations } examen
       *[other] { $examinations } examens
    }
event-generated =
    Le modèle affiné a produit { $pictures ->
        [one] { $pictures } image
       *[other] { $pictures } images
    } de lui-même
event-unblinded =
    Ce que { $works ->
        [one] désigne { $works } œuvre à l’aveugle
       *[other] désignent { $works } œuvres à l’aveugle
    } a été ouvert
event-examined = { $folder } examiné, graine { $seed }
event-replayed = { $folder } examiné, tirages rejoués
event-failed = { $folder } n’a pu être examiné : { $error }
event-cancelled = Examen interrompu
event-resumed = Examen repris
event-noted = Noté : { $names }
event-remark = remarque sur { $item }
event-calibrated = Étalonnage versé : { $name }
event-validated = Dossier de validation versé : { $name }
event-assessed = Indices pesés
event-exhibited = Pièce écrite : { $file }
event-timestamped = Horodatage joint : { $file }, de l’entrée { $entry }
event-verified = Dossier vérifié : { $outcome }
event-verified-missing =
    Dossier vérifié : { $outcome } ; { $files ->
        [one] { $files } fichier n’y est plus
       *[other] { $files } fichiers n’y sont plus
    }
event-set-aside = Une moitié d’entrée mise de côté après un plantage : { $file }
event-unknown = Quelque chose que cette version ne connaît pas

## The report on a test among sealed siblings

siblings-kind = Rapport d’un test parmi des variantes scellées
siblings-title =
    Test parmi { $variants ->
        [one] { $variants } variante scellée
       *[other] { $variants } variantes scellées
    } sur le modèle « { $name } »
siblings-published = Publiée
siblings-published-is = La variante tirée au sort
siblings-published-of = « { $name } », la variante publiée, telle qu’elle a été examinée.
siblings-finding =
    La variante publiée est au rang { $rank } sur { $variants } d’après l’indice : si le modèle n’avait pas été
    entraîné sur ce qui a été publié, un rang aussi élevé aurait eu une probabilité de { $chance }.
siblings-finding-corrected =
    La variante publiée est au rang { $rank } sur { $variants } d’après l’indice : si le modèle n’avait pas été
    entraîné sur ce qui a été publié, un rang aussi élevé aurait eu une probabilité de { $chance }, corrigée pour
    { $tests } tests de cette variante sur ce modèle.
siblings-score = Indice qui donne le rang
siblings-rank = Rang
siblings-rank-is = { $rank } sur { $variants } ; les ex æquo comptent contre elle
siblings-p-value = Valeur p, exacte
siblings-least = Plus petite valeur p possible
siblings-corrected = Corrigée
siblings-corrected-is =
    { $chance }, pour { $tests } tests de la variante publiée sur ce modèle avec cette clé (Bonferroni)
siblings-not-said-1 =
    Le sceau montre que les variantes étaient là quand il a été signé, et laquelle devait être publiée. Il ne montre
    pas que le tirage s’est fait au hasard et a été respecté, que rien d’autre n’a été publié, ni que personne
    d’autre n’avait les autres : c’est à ceux qui ont scellé de le montrer.
siblings-not-said-2 =
    L’heure du sceau est celle de l’horloge d’une machine. L’horodatage du condensat du sceau par une autorité, ou
    une copie produite ailleurs, montre qu’il n’a pas été fait plus tard.
siblings-not-said-3 =
    Avec { $variants ->
        [one] { $variants } variante
       *[other] { $variants } variantes
    }, aucune valeur p ne peut être inférieure à { $least }. Un rang bas n’est pas un signe que l’œuvre n’a pas été
    utilisée : l’entraînement peut avoir gardé trop peu de ce qui distingue les variantes.
siblings-not-said-4 =
    Elle ne dit pas par qui le modèle a été entraîné, d’où la variante a été prise, ni si cela était permis.
siblings-chart = La variante publiée parmi les variantes scellées
siblings-mark = publiée
siblings-kept-back = Gardées ({ $variants })
siblings-caption = Chaque marque est une variante, examinée de la même manière.
siblings-chart-told = { $score } : publiée { $published } ; gardées { $others }
siblings-sealed = Ce qui a été scellé, et comment
siblings-variants = Les variantes et leurs indices
siblings-test = Le test
siblings-number = Variantes
siblings-number-is =
    { $variants ->
        [one] { $variants } variante
       *[other] { $variants } variantes
    }
siblings-drawn = Tirée au sort et à publier
siblings-time = Scellé
siblings-time-is = { $time }, d’après l’horloge de la machine
siblings-by = Par
who-not-named = non nommé
siblings-seal-hash = SHA-256 du sceau
siblings-work-hash = SHA-256 de l’œuvre elle-même
siblings-made =
    Chaque variante est une fenêtre sur l’œuvre qui laisse de côté { $left-out } % de sa hauteur et autant de sa
    largeur, à un endroit qui lui est propre ; la force de chaque canal de couleur est changée de { $strength } % au
    plus et son niveau de { $level } sur 255 au plus, et un grain d’écart type { $grain } sur 255 est ajouté à
    chaque point.
siblings-draw =
    Les graines des variantes sont des nombres aléatoires du système d’exploitation. Quand toutes les variantes ont
    été écrites, l’une d’elles a été tirée au sort pour être publiée, avec un autre nombre de cette sorte et des
    chances égales pour toutes. Le sceau contient les condensats de toutes, celle qui a été tirée et l’heure de
    l’horloge de la machine, et il est signé avec la clé nommée ci-dessus.
siblings-method-1 =
    Avant que l’œuvre ne soit publiée, on en a fait des variantes qui diffèrent peu, et de la même manière, les unes
    des autres. Leurs condensats ont été scellés, l’une d’elles a été tirée au sort, chacune avec la même chance, et
    celle-là seule a été publiée. Les autres et l’œuvre elle-même ont été gardées.
siblings-method-2 =
    Dans cette affaire, toutes les variantes ont été examinées de la même manière, avec les mêmes réglages et les
    mêmes tirages aléatoires, et chacune a reçu l’indice fixé avant le premier passage. Le test demande combien de
    toutes les variantes ont un indice au moins aussi élevé que la variante publiée. S’il y en a r sur N, elle
    comprise, la valeur p est r / N. Les variantes de même indice comptent contre elle.
siblings-method-3 =
    Si le modèle n’a pas été entraîné sur ce qui a été publié, rien ne distingue la variante publiée des autres que
    le tirage, et chaque rang était aussi probable que tout autre. Cela vaut quel que soit le modèle, quoi que
    mesure l’indice et de quelque façon que l’entraînement ait été fait ; rien n’est supposé des indices, et aucun
    témoin n’est nécessaire (test de randomisation de Fisher). C’est le remède demandé là où des tests
    d’appartenance sans tirage au sort ne peuvent prouver un entraînement (Zhang et al., SaTML 2025, arXiv
    2409.19798).
siblings-method-4 =
    Combien de fois une variante utilisée vient au premier rang est une autre question. Cela dépend de l’œuvre, de
    l’entraînement et de ce que l’entraînement a gardé des différences entre les variantes. Ce qui en a été mesuré,
    sur de petits modèles et des œuvres dessinées, figure avec les commandes dans docs/figures.md du code source du
    programme.
siblings-variants-are =
    Chaque variante avec son condensat tel que l’a le sceau, et son indice dans cette affaire. La variante publiée
    est mise en évidence. Les images de celles qui ont été gardées ne sont pas imprimées : qui en obtiendrait une
    pourrait l’utiliser, et le test de tout modèle ultérieur serait perdu. Un tribunal ou une personne experte peut
    voir les fichiers et comparer leurs condensats.
siblings-variant = Variante
siblings-hash-and-seed = SHA-256, et la graine dont elle est issue
siblings-seed = graine { $seed }
siblings-statement-2 =
    Les variantes, les réglages et l’indice d’après lequel elles sont classées ont été fixés avant le premier
    passage de cette affaire, pour autant que le montre son journal. Ce que j’ai examiné d’autre de ces variantes ou
    avec ce modèle, dans d’autres affaires ou par d’autres moyens, je le nomme ci-dessous.
siblings-statement-3 =
    La conclusion est mon avis, obtenu par le test que décrit ce rapport. Elle concerne l’utilisation pour
    l’entraînement. Elle ne se prononce sur aucune question de droit.
siblings-statement-4 =
    Ce que je sais de la façon dont la variante a été tirée au sort, de ce qui a été publié et de qui avait les
    autres est indiqué ici ou a été dit à ceux qui s’appuient sur ce rapport. Si j’apprends quoi que ce soit qui
    change la conclusion, je le leur dirai.

## Lists

list-and = { $first } et { $last }

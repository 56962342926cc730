### Phrases du dossier, redites en français.

## The verdict on a work

record-no-statement = Aucun énoncé sur cette œuvre n’est possible : { $reason }.
record-sentence-no-ratio =
    { $said-rank } ; dans quelle mesure cela soutient « utilisée pour l’affinage » contre « non utilisée » n’est
    pas évalué : { $reason }.
record-sentence-by-controls =
    { $said-rank } ; d’après ceux-ci et { $positives } œuvres déclarées utilisées, { $said-weight }.
record-sentence-by-recipes =
    { $said-rank } ; si l’affinage a été fait selon l’une des { $recipes } recettes essayées (la moins favorable
    est « { $name } »), { $said-weight }.
record-rank =
    Sur { $controls } témoins déclarés non utilisés, { $reached ->
        [none] aucun n’a
        [one] 1 a
       *[other] { $reached } ont
    } un indice aussi élevé que cette œuvre (p = { $p } ; avec si peu de témoins, la valeur ne peut être
    inférieure à { $smallest })
record-rank-in-readings =
    Sur { $controls } témoins déclarés non utilisés, { $reached ->
        [none] aucun n’a
        [one] 1 a
       *[other] { $reached } ont
    } un indice aussi élevé que cette œuvre, lue { $reading } comme eux (p = { $p }, corrigé pour ses
    { $readings } lectures ; avec si peu de témoins, la valeur ne peut être inférieure à { $smallest })
record-tested-in-readings =
    Son fichier donne une autre image dans une autre lecture, et elle a été testée dans chacune : { $rows } ; que
    compte la meilleure a été fixé avant le premier examen.
record-tested-in-reading = { $reading } (indice { $score }, p = { $p })
record-weight =
    son indice est { $times } fois plus probable si l’œuvre { $first ->
        [used] a été utilisée pour l’affinage que si elle ne l’a pas été
       *[unused] n’a pas été utilisée pour l’affinage que si elle l’a été
    } (borne à 95 % : au moins { $bound }), ce qui est { $said-words }
record-weight-limited =
    son indice est { $times } fois plus probable si l’œuvre { $first ->
        [used] a été utilisée pour l’affinage que si elle ne l’a pas été
       *[unused] n’a pas été utilisée pour l’affinage que si elle l’a été
    } (borne à 95 % : au moins { $bound } ; limité à ce que si peu de témoins peuvent porter), ce qui est
    { $said-words }
record-weight-in-readings =
    l’ensemble de ses indices dans { $readings } lectures est, d’après la moyenne de leurs rapports, { $times } fois
    plus probable si l’œuvre { $first ->
        [used] a été utilisée pour l’affinage que si elle ne l’a pas été
       *[unused] n’a pas été utilisée pour l’affinage que si elle l’a été
    } (borne à 95 % : au moins { $bound }), ce qui est { $said-words }
record-weight-in-readings-limited =
    l’ensemble de ses indices dans { $readings } lectures est, d’après la moyenne de leurs rapports, { $times } fois
    plus probable si l’œuvre { $first ->
        [used] a été utilisée pour l’affinage que si elle ne l’a pas été
       *[unused] n’a pas été utilisée pour l’affinage que si elle l’a été
    } (borne à 95 % : au moins { $bound } ; limité à ce que si peu de témoins peuvent porter), ce qui est
    { $said-words }
record-finding-in-readings =
    L’ensemble de ses indices dans { $readings } lectures est, d’après la moyenne de leurs rapports,
    { $said-weight }.
record-finding-by-controls = Son indice est { $said-weight }.
record-finding-by-recipes =
    Si l’affinage a suivi l’une des { $recipes } recettes essayées, son indice est, d’après la moins favorable,
    { $said-weight }.
record-short-weight =
    environ { $times } fois plus probable si l’œuvre { $first ->
        [used] a été utilisée pour l’affinage que si elle ne l’a pas été
       *[unused] n’a pas été utilisée pour l’affinage que si elle l’a été
    } : { $said-words }
record-short-weight-limited =
    { $times } fois plus probable si l’œuvre { $first ->
        [used] a été utilisée pour l’affinage que si elle ne l’a pas été
       *[unused] n’a pas été utilisée pour l’affinage que si elle l’a été
    }, limité à ce que si peu de témoins peuvent porter : { $said-words }
record-short-weight-by-recipes =
    environ { $times } fois plus probable si l’œuvre { $first ->
        [used] a été utilisée que si elle ne l’a pas été
       *[unused] n’a pas été utilisée que si elle l’a été
    } : { $said-words }
record-short-weight-by-recipes-limited =
    { $times } fois plus probable si l’œuvre { $first ->
        [used] a été utilisée que si elle ne l’a pas été
       *[unused] n’a pas été utilisée que si elle l’a été
    }, limité à ce que si peu de témoins peuvent porter : { $said-words }
# The first that fits is taken, so that the longer one comes first.
record-short-rank-in-readings =
    { $reached ->
        [None] Aucun des
       *[other] { $reached } des
    } { $controls } témoins déclarés non utilisés { $reached ->
        [None] n’a
        [one] a
       *[other] ont
    } un indice aussi élevé (p = { $p }, de { $readings } lectures la meilleure, { $reading }, et corrigé pour
    leur nombre).
record-short-rank =
    { $reached ->
        [None] Aucun des
       *[other] { $reached } des
    } { $controls } témoins déclarés non utilisés { $reached ->
        [None] n’a
        [one] a
       *[other] ont
    } un indice aussi élevé (p = { $p }).
record-together =
    L’indice moyen { $said-works } { $difference ->
        [higher] est plus élevé
       *[not] n’est pas plus élevé
    } que celui de { $controls } témoins déclarés non utilisés ; si aucune n’a été utilisée, le hasard en donne
    autant avec p = { $p } (test de permutation).
record-together-in-readings =
    L’indice moyen { $said-works } { $difference ->
        [higher] est plus élevé
       *[not] n’est pas plus élevé
    } que celui de { $controls } témoins déclarés non utilisés ; si aucune n’a été utilisée, le hasard en donne
    autant avec p = { $p } (test de permutation, la meilleure de { $readings } lectures, corrigé pour leur
    nombre).
record-all-works = des { $works } œuvres en question
record-some-works = de { $some } des { $works } œuvres en question
record-limits =
    Cela ne dit pas quelle est la probabilité que l’œuvre ait été utilisée, ni par qui ou de quel droit, et un
    indice bas ne montre pas qu’elle n’a pas été utilisée : des modèles peuvent être entraînés de sorte que peu de
    leurs images puissent être retrouvées.

## The scale in words

record-no-support = aucun soutien
record-weak-support = un soutien faible
record-moderate-support = un soutien modéré
record-moderately-strong-support = un soutien modérément fort
record-strong-support = un soutien fort
record-very-strong-support = un soutien très fort
record-support-neither = aucun soutien à l’une des hypothèses contre l’autre
record-support-used-over = { $said-support } à « utilisée pour l’affinage » contre « non utilisée »
record-support-not-used-over = { $said-support } à « non utilisée » contre « utilisée pour l’affinage »
record-support-used = { $said-support } à « utilisée pour l’affinage »
record-support-not-used = { $said-support } à « non utilisée »

## Reasons why a figure is not there

record-no-members = il n’y a pas d’œuvre utilisée qui ait un indice
record-no-hold-outs = il n’y a pas d’œuvre non utilisée qui ait un indice
record-not-finite =
    { $members } indices d’œuvres utilisées et { $hold-outs } d’œuvres non utilisées ne sont pas finis
record-rate = { $rate } n’est pas un taux de faux positifs : il est d’au moins 0 et inférieur à 1
record-too-few-hold-outs =
    les indices sont normés d’après au moins { $needed } œuvres non utilisées, et il y en a { $found }
record-hold-outs-alike =
    les indices des œuvres non utilisées sont tous pareils : il n’y a rien d’après quoi normer
record-too-few-sets = il faut au moins { $needed } ensembles, et { $found } peuvent être évalués
record-unpaired = les deux échantillons sont d’œuvres différentes : une différence demande les mêmes œuvres
record-too-few-negatives =
    il faut au moins { $needed } témoins négatifs (œuvres semblables à celles en question, connues pour n’avoir
    pas été utilisées), et il y en a { $found }
record-too-few-positives =
    il faut au moins { $needed } témoins positifs (œuvres connues pour avoir été utilisées), et il y en a
    { $found }
record-too-few-questioned = il faut au moins { $needed } œuvres en question, et il y en a { $found }
record-too-few-calibrations =
    il faut au moins { $needed } étalonnages par affinages simulés selon des recettes différentes, et { $found }
    peuvent être évalués : la recette du modèle en question n’est pas connue, et une seule supposition n’en est
    pas une
record-recipes-disagree =
    d’après certaines des recettes essayées l’indice parle pour l’utilisation et d’après d’autres contre elle, et
    la recette du modèle en question n’est pas connue
record-score-not-finite = l’indice de l’œuvre en question n’est pas fini
record-negatives-not-finite = { $scores } indices de témoins négatifs ne sont pas finis
record-readings-without-positives =
    elle a été testée dans plusieurs lectures de son fichier, et les témoins positifs n’ont pas été examinés dans
    toutes
record-several-readings =
    elle a été testée dans plusieurs lectures de son fichier, et un rapport n’est établi que pour les œuvres qui
    sont une seule image dans toutes
record-alike = les indices sont tous pareils : il n’y a rien à quoi mesurer une différence
record-out-of-range = les indices sont trop grands ou trop éloignés les uns des autres pour un calcul
record-not-settled =
    le modèle des indices ne se stabilise pas sur ces témoins : leurs indices sont d’échelles trop éloignées
record-not-a-ratio = { $ratio } n’est pas un rapport de vraisemblance : il est fini et supérieur à 0
record-no-ratio = il n’y a pas de rapport de vraisemblance à mettre en mots
record-no-words = il n’y a pas de mots pour cela
record-no-model-given = aucun modèle { $model } n’a été donné
record-not-computed = il n’a pas été calculé
record-embedding = un plongement est nul ou n’est pas fini
record-own-latent = le départ ou le latent retrouvé est celui de l’œuvre elle-même, ou n’est pas fini
record-nothing-moved = rien n’a bougé, ou le départ est le latent de l’œuvre elle-même
record-not-examined = elle n’a pas encore été examinée
record-undefined = { $name } n’est pas défini pour elle
record-not-evaluated = non évalué : { $reason }

## Works that are alike, and controls that do not serve

record-twin-by-clip = c’est presque la même image que { $name } ({ $role } ; similarité CLIP { $similarity })
record-twin-by-hash =
    c’est presque la même image que { $name } ({ $role } ; { $differ } des { $signs } signes du condensat
    perceptuel diffèrent)
record-role-questioned = œuvre en question
record-role-negative = témoin négatif
record-role-positive = témoin positif
record-role-context = œuvre d’autres auteurs
record-role-decoy = leurre à l’aveugle
record-unlike-kind =
    les témoins ne ressemblent pas à l’œuvre : par les couleurs et la structure elle est { $far } fois aussi loin
    d’eux qu’ils le sont les uns des autres, et { $limit } fois au plus conviendraient ; choisir des œuvres de
    même main et de même genre
record-unlike-style =
    les témoins ne ressemblent pas à l’œuvre : même tête en bas, comme personne ne s’en est servi pour entraîner,
    elle est à { $turned } écarts-types au-dessus d’eux, et ce que son indice a de plus n’a rien d’inhabituel
    parmi eux ({ $beyond }), si bien que le modèle peut connaître sa main et non elle ; choisir des œuvres de même
    main et de même genre
record-left-out-together =
    { $name } est laissée de côté là où les œuvres en question sont jugées ensemble : { $reason }.
record-version-together =
    { $name } est presque la même image que { $name-other } : là où les œuvres en question sont jugées ensemble,
    une autre version du motif compte pour elle.
record-warning =
    Avertissement : { $name }, déclaré non utilisé, dépasse de loin les autres témoins (de { $distance } fois leur
    dispersion vers le haut ; jusqu’à { $limit } fois, c’est tenu pour le hasard) : s’il a tout de même été
    utilisé, les œuvres en question ressortent moins qu’elles ne devraient. Vérifier d’où il vient.
record-warning-standing-out =
    Avertissement : { $name }, déclaré non utilisé, se détache des autres témoins comme le ferait une œuvre
    utilisée : { $beyond ->
        [what] ce que son écart de perte a de plus que celui de sa propre image tête en bas
       *[its] son indice
    } est à { $distance } fois leur dispersion au-dessus de leur milieu, et jusqu’à { $limit } fois on l’attribue
    au hasard. S’il a tout de même été utilisé, les œuvres en question se détachent moins qu’elles ne le
    devraient. Il compte tel qu’il a été déclaré ; sans lui { $said-without }, ce qui n’est pas un
    résultat, car écarter un témoin après en avoir vu l’indice revient à choisir la réponse. Vérifier d’où il
    vient.
record-p-values-the-same = aucune valeur p ne serait autre
record-p-values-would-be = la valeur p serait { $list-values }
record-p-in-place = { $p } au lieu de { $with }
record-p-in-place-for = { $p } au lieu de { $with } pour { $name }
record-p-more = et une autre pour { $more } de plus

## What was declared

record-used-proposition = L’œuvre en question était parmi les images sur lesquelles le modèle a été affiné.
record-not-used-proposition =
    L’œuvre en question n’était pas parmi les images sur lesquelles le modèle a été affiné ; d’autres œuvres de la
    même main ont pu y être.
record-nothing-declared =
    Rien n’a été déclaré de la provenance, des dates et de la règle de choix des témoins négatifs.
record-declared = Déclaré des témoins négatifs : { $said-source } ; { $said-dates } ; { $said-rule }.
record-source = provenance « { $name } »
record-dates = dates « { $name } »
record-rule = règle de choix « { $name } »
record-source-not-declared = provenance non déclarée
record-dates-not-declared = dates non déclarées
record-rule-not-declared = règle de choix non déclarée
record-drawn =
    { $drawn } tirés par le programme parmi { $eligible } œuvres, d’après les condensats de toutes les œuvres
    (SHA-256 de la liste { $name-hash })
record-additions =
    { $controls ->
        [one] { $controls } témoin a été ajouté
       *[other] { $controls } témoins ont été ajoutés
    } le { $time }, l’affaire étant commencée : l’indice qui décide, les réglages et la question avaient été
    scellés auparavant et sont restés.
record-additions-bound =
    Qui ajoute des témoins en ayant le résultat sous les yeux peut s’arrêter quand il lui plaît ; chaque fois
    figure au journal.
record-additions-unlooked =
    L’affaire a été commencée sans qu’aucun fût prévu, si bien que seules les couleurs et la structure disent
    s’ils ressemblent aux œuvres.

## Blind decoys

record-known-used = connue pour avoir été utilisée
record-known-not-used = connue pour n’avoir pas été utilisée
record-known-used-as = connue pour avoir été utilisée : { $name }
record-known-not-used-as = connue pour n’avoir pas été utilisée : { $name }
record-p = p = { $p }
record-not-judged = non jugé
record-decoys =
    { $decoys ->
        [one] { $decoys } leurre a été examiné
       *[other] { $decoys } leurres ont été examinés
    } à l’aveugle avec { $said-asked }, sous des noms neutres dans un ordre tiré au sort ; lesquels c’étaient a
    été scellé avant le premier indice et ouvert après le dernier : { $list-called }.
record-asked-one = l’œuvre en question
record-asked-several = { $works } œuvres en question
record-decoys-called =
    sur { $known } connus pour { $used ->
        [used] avoir été utilisés
       *[unused] n’avoir pas été utilisés
    }, { $called } seraient désignés à 5 %
record-decoys-called-some =
    sur { $known } connus pour { $used ->
        [used] avoir été utilisés
       *[unused] n’avoir pas été utilisés
    }, { $called } seraient désignés à 5 % ({ $unjudged } non jugés)

## Earlier examinations

record-in-no-registry =
    Cette affaire ne figure dans aucun registre d’examens : les examens antérieurs de ce modèle ne sont pas
    comptés.
record-registry-missing =
    Combien d’examens de ce modèle avec cette clé ont précédé n’est pas connu, et rien n’est corrigé pour eux :
    { $reason }.
record-examination = C’est le { $place } examen de ce modèle avec cette clé.
record-one-before-same = Le précédent portait sur les mêmes œuvres avec les mêmes réglages.
record-one-before-differs = Le précédent en diffère par : { $list-parts }.
record-before-same = Les { $before } précédents portaient sur les mêmes œuvres avec les mêmes réglages.
record-before-differ = Parmi les { $before } précédents, il y a des différences par : { $list-parts }.
record-registry-bound =
    Le registre tenu à côté de la clé parle de cette clé sur cette machine : une autre clé, une autre machine ou
    d’autres moyens n’y laissent pas de trace, pas plus qu’un registre ôté ou coupé à sa fin.
record-tested-again =
    C’est le { $place } test de cette œuvre face à ce modèle avec cette clé ; corrigé pour { $tests } tests
    (Bonferroni), p = { $p }, et aucun autre chiffre n’est corrigé pour eux.
record-tested-again-only = C’est le { $place } test de cette œuvre face à ce modèle avec cette clé.
record-first = premier
record-second = deuxième
record-third = troisième
record-fourth = quatrième
record-fifth = cinquième
record-sixth = sixième
record-seventh = septième
record-eighth = huitième
record-ninth = neuvième
record-tenth = dixième
record-part-works = les œuvres en question
record-part-controls = les œuvres à côté d’elles
record-part-squares = les carrés examinés
record-part-pretrained = le modèle préentraîné
record-part-prompt = le prompt
record-part-seed = la graine
record-part-settings = les réglages
record-part-question = la question ou l’indice qui décide

## Warnings and notes

record-lacks-of-pretrained = Il manque au modèle affiné { $name-parts } : pris du modèle préentraîné.
record-unread-files =
    Dans un dossier indiqué, { $read } fichiers sur { $all } sont lus ; non lus : { $name-files }.
record-lacks-of-fine-tuned = Il manque au modèle préentraîné { $name-parts } : pris du modèle affiné.
record-other-autoencoder =
    Le modèle affiné a d’autres fichiers d’autoencodeur que le modèle préentraîné : ceux du modèle préentraîné
    servent pour les deux.
record-changed-by-adapters =
    Le modèle affiné est le modèle préentraîné modifié par { $adapters } adaptateurs, l’un après l’autre.
record-adapter =
    { $name } est { $said-kind } de force { $strength } : il modifie { $layers } couches du prédicteur de bruit du
    modèle préentraîné et { $text-layers } de son encodeur de texte.
record-fine-tuned-adapter =
    Le modèle affiné est { $said-kind } de force { $strength } : il modifie { $layers } couches du prédicteur de
    bruit du modèle préentraîné et { $text-layers } de son encodeur de texte.
record-a-lora = un LoRA
record-a-lora-of-rank = un LoRA de rang { $rank }
record-a-lora-of-ranks = un LoRA de rangs { $least } à { $most }
record-an-adapter = un adaptateur ({ $name })
record-an-adapter-of-rank = un adaptateur ({ $name }) de rang { $rank }
record-an-adapter-of-ranks = un adaptateur ({ $name }) de rangs { $least } à { $most }
record-file-says =
    Le fichier du modèle affiné dit, comme n’importe qui pourrait le lui faire dire, qu’il a été entraîné sur
    « { $name } » : avec un autre modèle préentraîné, le résultat en dit moins.
record-prompt-not-known =
    Le prompt de l’affinage n’est pas connu : « { $name } » a été utilisé, et avec un autre prompt le résultat
    serait différent.
record-prompt-likely = Le fichier lui-même nomme « { $name } », qui peut l’être : à donner comme prompt.
record-prompt-cut =
    Le prompt du modèle { $model ->
        [pretrained] préentraîné
       *[fine-tuned] affiné
    } est plus long que ce que lit l’encodeur de texte : sa fin a été coupée.
record-draws-replayed =
    Les tirages ont été rejoués d’un fichier : la graine, les pas de temps et le bruit donnés à côté sont restés
    sans effet.
record-start-replayed =
    Le fichier des tirages apporte le latent de départ : le départ donné à côté est resté sans effet.
record-steps-moved-nothing =
    { $skipped } des { $steps } pas n’ont rien déplacé, parce que le gradient était nul ou n’était pas fini.
record-other-picture-stored =
    Telle qu’il est enregistré, le fichier est une autre image ({ $list-what }), et un modèle peut avoir été
    entraîné sur celle-là ; il a été examiné tel qu’on le voit.
record-other-picture-seen =
    Tel qu’on le voit, le fichier est une autre image ({ $list-what }), et un modèle peut avoir été entraîné sur
    celle-là ; il a été examiné tel qu’il est enregistré.
record-orientation = orientation
record-profile = profil de couleur
record-opacity = transparence
record-inks = encres
record-as-seen = telle qu’on la voit
record-as-seen-mirrored = telle qu’on la voit, en miroir
record-as-stored = telle qu’elle est enregistrée
record-as-stored-mirrored = telle qu’elle est enregistrée, en miroir
record-made-by-itself =
    Au poids de contraste { $weight }, l’image retrouvée est ce que le modèle affiné fait de lui-même, et le
    modèle préentraîné n’y entre pas : des modèles égaux la déplaceraient aussi.
record-holds-part =
    Au poids de contraste { $weight }, l’image retrouvée contient une part de ce que le modèle préentraîné fait de
    lui-même : des modèles égaux la déplaceraient aussi.
record-driven-away =
    Au poids de contraste { $weight }, l’image retrouvée est éloignée de ce que le modèle préentraîné fait de
    lui-même : des modèles égaux la déplaceraient aussi.
record-made-by-itself-first =
    Au poids de contraste { $weight }, l’image retrouvée est ce que le modèle affiné fait de lui-même, et le
    modèle préentraîné n’y entre pas.
record-holds-part-first =
    Au poids de contraste { $weight }, l’image retrouvée contient une part de ce que le modèle préentraîné fait de
    lui-même.
record-driven-away-first =
    Au poids de contraste { $weight }, l’image retrouvée est éloignée de ce que le modèle préentraîné fait de
    lui-même.
record-independent-noise =
    Avec des bruits indépendants, l’image retrouvée contient une part de ce en quoi les deux bruits diffèrent :
    des modèles égaux la déplaceraient aussi.
record-different-prompts =
    Les deux modèles ont reçu des prompts différents, et l’image retrouvée contient une part de ce en quoi ils
    diffèrent : des modèles égaux la déplaceraient aussi.
record-self-test-passed =
    Autotest réussi : avec un seul modèle aux deux places, aucun de { $steps ->
        [one] { $steps } pas
       *[other] { $steps } pas
    } n’a rien déplacé.
record-self-test-failed =
    Autotest échoué : avec un seul modèle aux deux places, { $moved } de { $steps ->
        [one] { $steps } pas
       *[other] { $steps } pas
    } ont déplacé quelque chose.
record-self-test-unexplained =
    Rien dans les réglages ne l’explique : le même modèle a répondu différemment à la même question.
record-hashed-again =
    il est intact, et les œuvres et les modèles sont tels qu’ils étaient ({ $files ->
        [one] { $files } fichier
       *[other] { $files } fichiers
    })
record-noted-number = numéro de la pièce
record-noted-title = titre
record-noted-parties = parties
record-noted-examiner = personne chargée de l’examen

## The two models

record-fit-unknown = On ne sait pas si le modèle affiné a été fait à partir de ce modèle préentraîné.
record-fit-nothing-tells = Rien ne dit à partir de quel modèle le modèle affiné a été fait.
record-fit-yes = Le modèle préentraîné convient au modèle affiné.
record-fit-doubtful = Il est douteux que le modèle affiné ait été fait à partir de ce modèle préentraîné.
record-fit-no =
    Le modèle affiné n’a pas été fait à partir de ce modèle préentraîné, et ce qui est trouvé avec cette paire ne
    signifie rien : choisir un autre modèle préentraîné.
record-fit-apart-yes =
    Le prédicteur de bruit affiné est à { $distance } de la longueur du prédicteur préentraîné de celui-ci
    ({ $equal } des { $tensors } tenseurs sont égaux), comme il en va d’un modèle affiné.
record-fit-apart-doubtful =
    Le prédicteur de bruit affiné est à { $distance } de la longueur du prédicteur préentraîné de celui-ci
    ({ $equal } des { $tensors } tenseurs sont égaux), ce qui est loin pour un affinage.
record-fit-apart-no =
    Le prédicteur de bruit affiné est à { $distance } de la longueur du prédicteur préentraîné de celui-ci
    ({ $equal } des { $tensors } tenseurs sont égaux) : deux modèles qui n’ont rien à voir l’un avec l’autre sont
    aussi éloignés.
record-fit-loss =
    { $said-on }, la perte du modèle affiné est { $ratio } fois celle du modèle préentraîné{ $said-means }
record-on-one = Sur l’une des œuvres
record-on-several = Sur { $works } des œuvres
record-loss-no =  : avec lui le modèle ne prédit presque plus rien.
record-loss-doubtful = , ce qui est élevé pour un affinage.
record-loss-unknown = , ce qu’un adaptateur peut avoir aussi sur une autre base.
record-depiction =
    L’autoencodeur rend { $said-works } à { $decibel } dB ; la perte du prédicteur de bruit est de { $share } % de
    celle d’une prédiction nulle
record-depicted-one = l’œuvre
record-depicted-worst = la moins bien rendue de { $works } œuvres
record-depiction-doubtful = Il est douteux que le modèle préentraîné puisse représenter les œuvres.
record-depiction-no = Le modèle préentraîné ne peut pas représenter les œuvres.
record-depiction-doubtful-because =
    { $said-facts } : il peut être d’un autre genre, ou à peine entraîné, et alors peu de ce qui revient a un
    sens.
record-depiction-no-because =
    { $said-facts } : ses poids sont du bruit ou endommagés, ou ne sont pas du genre pour lequel on les prend, et
    ce qui est trouvé avec lui ne signifie rien.
record-choose-another = Choisir un autre modèle préentraîné.

## What a model's file states

record-stated-author = auteur
record-stated-date = date
record-stated-architecture = architecture
record-stated-base = modèle de base
record-stated-family = famille de la base
record-stated-base-hash = SHA-256 de la base
record-stated-base-autov1 = AutoV1 de la base
record-stated-prediction = prédiction
record-stated-trigger = déclencheur
record-stated-resolution = résolution
record-stated-method = méthode
record-stated-rank = rang
record-stated-rate = taux d’apprentissage
record-stated-optimizer = optimiseur
record-stated-comment = commentaire
record-stated-steps = pas
record-stated-epochs = époques
record-stated-pictures = images
record-stated-pictures-repeated = images, répétitions comprises
record-stated-regularisation = images de régularisation
record-stated-minutes = minutes d’entraînement
record-stated-changes = les images étaient
record-stated-folder = dossier
record-stated-tags = étiquettes

## Validation

record-not-validated = Non validé pour cette famille de modèles, ce mode d’affinage et ces réglages ({ $rows }).
record-no-dossier = il n’y a pas de dossier de validation
record-misfit = { $said-models } : { $reason }
record-models =
    { $models ->
        [one] { $models } modèle affiné
       *[other] { $models } modèles affinés
    } à partir de « { $name } », { $said-trained }
record-drawn-works =
    dessinées par le programme, { $said-hands } de { $name-families } ; œuvres 0 à { $last } utilisées, question
    posée sur { $asked } autres de chaque main ; { $pictures } images de chaque modèle en { $steps } pas avec un
    guidage de { $guidance } ; autre prompt « { $name } »
record-hand = main { $name-hand }
record-hands = mains { $name-first } à { $name-last }
record-all-weights = tous les poids du prédicteur de bruit
record-lora-of-rank = LoRA de rang { $rank }
record-recipe =
    { $said-trained }, { $pictures } images, { $steps } pas de { $batch }, taux { $name-rate },
    { $said-mirrored }, prompt « { $name } »
record-recipe-usual-rate =
    { $said-trained }, { $pictures } images, { $steps } pas de { $batch }, { $said-mirrored }, prompt
    « { $name } »
record-mirrored = mises en miroir au hasard
record-never-mirrored = jamais mises en miroir
record-misfit-base = il porte sur des modèles affinés à partir d’un autre modèle de base
record-misfit-trained = il porte sur : { $said-trained }
record-misfit-several = il porte sur un adaptateur, et l’affaire sur plusieurs ensemble
record-misfit-strength = il porte sur des adaptateurs de force 1
record-misfit-text = il porte sur des modèles dont l’encodeur de texte n’a pas été entraîné
record-misfit-pictures =
    il porte sur un entraînement sur { $pictures ->
        [one] { $pictures } image
       *[other] { $pictures } images
    }, et le fichier du modèle indique un autre nombre
record-misfit-steps =
    il porte sur un entraînement de { $steps ->
        [one] { $steps } pas
       *[other] { $steps } pas
    }, et le fichier du modèle indique un autre nombre
record-misfit-mirrored = il porte sur un entraînement sans images en miroir, et le fichier du modèle en indique
record-misfit-setting = { $said-what } est autre dans l’affaire
record-what-score = l’indice qui décide
record-what-resolution = la résolution
record-what-frame = le cadre
record-what-reading = la lecture des fichiers
record-what-sizes = l’indication des tailles données aux modèles
record-what-pretrained-prompt = le prompt du modèle préentraîné
record-what-gap = la façon dont l’écart de perte est mesuré
record-what-repetitions = le nombre de répétitions
record-misfit-controls =
    ses cas avaient { $controls ->
        [one] { $controls } témoin négatif
       *[other] { $controls } témoins négatifs
    }, et celui-ci en a moins ({ $negatives })
record-misfit-version =
    c’est la version { $name-made } du programme qui a été validée, et la version { $name } qui a examiné
record-recipe-condition =
    Le fichier du modèle affiné ne dit pas par combien d’images et de pas il a été fait : les chiffres ne sont
    ceux de l’affaire que s’il a été fait selon une recette comme celle-ci.
record-outcomes = Sur { $expectations } attentes, { $held } tiennent.
record-outcomes-unknown =
    Sur { $expectations } attentes, { $held } tiennent ; { $unknown } non exécutées, ou avec trop peu de cas.
record-outcomes-failed = Sur { $expectations } attentes, { $held } tiennent et { $failed } ont ÉCHOUÉ : { $rows }.
record-outcomes-failed-unknown =
    Sur { $expectations } attentes, { $held } tiennent et { $failed } ont ÉCHOUÉ : { $rows } ; { $unknown } non
    exécutées, ou avec trop peu de cas.
record-failure = { $said-situation }, { $said-share } (attendu { $said-expected })
record-share = { $called } sur { $cases } ({ $low } à { $high } %)
record-expected-at-most = au plus { $share } %
record-expected-at-least = au moins { $share } %
record-held = tenu
record-failed = ÉCHOUÉ
record-too-few-cases = trop peu de cas
record-innocent = œuvres qui n’ont pas été utilisées
record-used = œuvres qui ont été utilisées
record-other-hand = œuvres non utilisées, témoins d’une autre main
record-other-family = œuvres non utilisées, témoins d’un autre genre d’image
record-contaminated = œuvres non utilisées, une œuvre utilisée parmi les témoins
record-contamination-noticed = une œuvre utilisée parmi les témoins : remarquée
record-own-output = les propres images du modèle
record-from-own-output = œuvres faites à partir des propres images du modèle
record-near-duplicate = quasi-doublons d’œuvres utilisées
record-wrong-base = œuvres non utilisées, autre modèle de base
record-merged-innocent = œuvres non utilisées, modèles fusionnés
record-merged-used = œuvres utilisées, modèles fusionnés
record-other-prompt-innocent = œuvres non utilisées, autre prompt
record-other-prompt-used = œuvres utilisées, autre prompt

## Sizes that the models were told

record-sizes-generation =
    celles de la génération : hauteur et largeur { $name-height }, recadrage 0, 0, cible { $name-width } sur
    { $name-target }
record-sizes-generation-bucket =
    celles de la génération : hauteur et largeur de l’image préparée, recadrage 0, 0, cible la même
record-sizes-artwork = la taille et le recadrage propres à chaque œuvre

### Phrases de la bibliothèque, surtout des erreurs, redites en français.

## Pictures

library-does-not-exist-check-the-name = { $name-file } n’existe pas : vérifiez le nom et le dossier
library-is-a-folder-choose-a-picture = { $name-file } est un dossier : choisissez une image à l’intérieur
library-is-not-an-ordinary-file-copy =
    { $name-file } n’est pas un fichier ordinaire : copiez l’image sur un disque et choisissez la copie
library-cannot-be-opened = { $name-file } ne peut être lu ({ $why }) : vérifiez que vous pouvez l’ouvrir
library-is-empty-0-bytes-get = { $name-file } est vide (0 octet) : reprenez l’image à sa source
library-has-bytes-more =
    { $name-file } a { $bytes } octets, plus que les { $most } qui sont lus : enregistrez une copie plus petite de
    l’image
library-is-not-a-picture-of-any =
    { $name-file } n’est une image d’aucun genre connu : choisissez un fichier PNG, JPEG, WebP, TIFF, BMP, GIF, JPEG
    XL, JPEG 2000, Photoshop, Krita ou OpenRaster
library-is-a-picture-of-a-variety =
    { $name-file } est une image { $format } d’une variété qui n’est pas lue ({ $name-detail }) : enregistrez-la en
    PNG et choisissez cette copie
library-is-cut-short-its-data-end =
    { $name-file } est tronqué : ses données { $format } finissent avant que l’image soit complète ; reprenez le
    fichier entier à sa source
library-is-damaged-and-cannot-be-decoded =
    { $name-file } est endommagé et ne peut être décodé comme { $format } ({ $name-detail }) : reprenez l’image à sa
    source
library-is-pixels-more =
    { $name-file } a { $width }×{ $height } pixels, plus que les { $most } par côté et les 2 Gio de mémoire en tout
    qui sont admis : réduisez l’image
library-would-take-more-memory-to-decode =
    { $name-file } demanderait pour être décodé plus de mémoire que sa taille n’explique : enregistrez-le en PNG et
    choisissez cette copie
library-is-pixels-less =
    { $name-file } a { $width }×{ $height } pixels, moins que les { $least } par côté qu’il faut : choisissez une
    image plus grande
library-is-pixels-one-side-more =
    { $name-file } a { $width }×{ $height } pixels, un côté plus de { $most } fois l’autre : découpez la partie à
    examiner

## Models

library-could-not-be-read-check =
    { $name-file } n’a pu être lu ({ $why }) : vérifiez qu’il existe et que vous pouvez l’ouvrir.
library-is-missing-copy-or-download =
    { $name-file } manque ({ $name-what }) : copiez ou téléchargez de nouveau le dossier complet du modèle.
library-there-is-no-model-at-check = Il n’y a pas de modèle dans { $name-file } : vérifiez le chemin.
library-is-a-link-to-which-does =
    { $name-file } est un lien vers { $name-target }, qui n’existe pas : téléchargez ou copiez de nouveau le modèle,
    avec ce à quoi mènent ses liens.
library-holds-no-folder-unet-give =
    { $name-file } ne contient pas de dossier « unet » : donnez le dossier de modèle diffusers lui-même, celui qui
    contient le dossier « unet ».
library-holds-no-weights =
    { $name-file } ne contient pas de poids : il faut l’un des fichiers { $name-expected }, ou ses parties avec leur
    index.
library-has-no-tensor-the-file =
    { $name-file } n’a pas de tenseur « { $name-tensor } » : le fichier est incomplet ou appartient à un autre genre
    de réseau ; reprenez le modèle ou choisissez-en un autre.
library-the-tensor-in-has-the-dimensions =
    Le tenseur « { $name-tensor } » de { $name-file } a les dimensions { $name-found } là où il faut
    { $name-needed } : les poids et config.json ne vont pas ensemble ; prenez les deux du même modèle.
library-is-damaged-or-incomplete-download =
    { $name-file } est endommagé ou incomplet ({ $name-why }) : téléchargez-le ou copiez-le de nouveau.
library-is-empty-download-or-copy = { $name-file } est vide : téléchargez-le ou copiez-le de nouveau.
library-is-a-text-file-perhaps =
    { $name-file } est un fichier de texte (peut-être une page web enregistrée), et non des poids : téléchargez de
    nouveau le fichier lui-même.
library-is-only-a-git-lfs-pointer =
    { $name-file } n’est qu’un pointeur Git LFS vers le vrai fichier : prenez-le avec « git lfs pull », ou
    téléchargez-le de la page du modèle.
library-asks-python-to-call-when =
    { $name-file } demande à Python d’appeler { $name-function } à l’ouverture, ce dont aucun modèle n’a besoin et
    que ce programme ne fait jamais : ne l’ouvrez pas avec d’autres programmes, et prenez le modèle en .safetensors.
library-holds-no-and-there =
    { $name-file } ne contient pas : { $name-part }, et il n’y a pas d’autre modèle où le prendre : donnez comme
    autre de la paire un modèle qui l’a.
library-holds-tensors-of-a-noise-predictor =
    { $name-file } contient des tenseurs d’un prédicteur de bruit construit autrement ({ $count } en tout, le
    premier « { $name-tensor } ») : choisissez un modèle de la famille Stable Diffusion 1, 2 ou XL.
library-the-tensor-in-holds-numbers =
    Le tenseur « { $name-tensor } » de { $name-file } contient des nombres qui ne sont pas finis : le fichier est
    endommagé, ou son entraînement a mal tourné ; reprenez-le ou choisissez-en un autre.
library-is-no-valid-json-file =
    { $name-file } n’est pas un fichier JSON valable de son genre ({ $name-why }) : téléchargez-le ou copiez-le de
    nouveau.
library-describes-a-network =
    { $name-file } décrit un réseau qui n’est pas pris en charge (« { $name-key } » vaut { $name-value }) :
    choisissez un modèle de la famille Stable Diffusion 1, 2 ou XL.
library-describes-an-inpainting-model-nine-input =
    { $name-file } décrit un modèle d’inpainting (neuf canaux d’entrée), qui ne peut être examiné : choisissez le
    modèle texte-image dont il est issu.
library-the-two-models-differ =
    Les deux modèles diffèrent : { $name-what } ({ $name-one } dans { $name-file }, { $name-other } dans
    { $name-second }). Un modèle affiné doit être comparé au modèle dont il est issu.
library-the-resolution-does-not-suit =
    La résolution { $resolution } ne convient pas au modèle : choisissez un multiple de { $step } pixels, comme les
    { $usual } sur lesquels il a été entraîné.
library-the-computing-device-failed-close-other =
    L’appareil de calcul a failli ({ $name-what }) : fermez d’autres programmes qui remplissent sa mémoire,
    choisissez une résolution plus basse, ou un autre appareil.
library-stable-diffusions-structure-text-width = structure de Stable Diffusion, largeur du texte { $width }

## Adapters

library-is-a-lora =
    { $name-file } est un LoRA pour { $name-family }, qui n’est pas pris en charge : donnez-en un pour Stable
    Diffusion 1, 2 ou XL, avec le modèle sur lequel il a été entraîné.
library-is-a-lora-for-and-the-pretrained =
    { $name-file } est un LoRA pour { $name-family }, et le modèle préentraîné est { $name-base } : donnez le modèle
    préentraîné sur lequel le LoRA a été entraîné.
library-holds-no-change-of-any-layer =
    { $name-file } ne contient aucun changement de couche : ce n’est pas un LoRA ; donnez un autre fichier.
library-is-incomplete-its-layer-lacks =
    { $name-file } est incomplet : il manque { $name-missing } à sa couche « { $name-layer } » ; reprenez le
    fichier.
library-holds-no-folder-unet-and-several =
    { $name-file } ne contient pas de dossier « unet » et plusieurs fichiers qui peuvent être des LoRA : donnez le
    fichier lui-même.
library-is-a-lora-which-only-changes =
    { $name-file } est un LoRA, qui ne fait que changer un modèle : donnez comme modèle préentraîné le dossier du
    modèle sur lequel il a été entraîné, et le LoRA comme modèle affiné.
library-is-given-twice-name-it-once =
    { $name-file } est donné deux fois : nommez-le une fois, avec la somme des deux forces après un @.

## Cases

library-the-case-in-is-being-worked =
    l’affaire dans { $name-folder } est traitée par une autre fenêtre ou commande : attendez que ce soit terminé
library-cannot-be-written-free-some-space =
    { $name-file } ne peut être écrit ({ $why }) : libérez de la place ou vérifiez les droits ; ce qui était là
    avant est entier
library-cannot-be-written =
    { $name-file } ne peut être écrit ({ $why }) : libérez de la place ou vérifiez les droits
library-is-damaged-restore = { $name-file } est endommagé ({ $why }) : restaurez-le d’une copie
library-is-of-version-and-this-program =
    { $name-file } est de version { $found }, et ce programme lit la version { $known } : ouvrez-le avec le
    programme qui l’a écrit
library-has-changed-since-the-case =
    { $name-file } a changé depuis le début de l’affaire : restaurez le fichier, ou examinez-le dans une nouvelle
    affaire
library-is-there-already =
    { $name-file } existe déjà, et dans une affaire rien n’est remplacé : choisissez un autre nom
library-no-questioned-work-of-the-case =
    aucune œuvre en question de l’affaire dans { $name-folder } n’a été examinée jusqu’au bout : reprenez-la d’abord
library-cannot-be-added-as-a-control = { $name-file } ne peut être ajouté comme témoin : { $why }
library-the-case-in-does-not-hold = l’affaire dans { $name-folder } ne tient pas ({ $why }) : vérifiez-la
library-the-folder-is-not-empty-choose =
    le dossier { $name-folder } n’est pas vide : choisissez-en un nouveau ou un vide
library-the-examination-was-interrupted = l’examen a été interrompu

## What a verification finds

library-the-journal-cannot-be-read = le journal ne peut être lu : { $why }
library-the-journal-ends-with-bytes =
    le journal finit par { $bytes } octets qui ne sont pas une entrée entière : un plantage, ou quelqu’un l’a
    coupé ; ouvrir l’affaire pour y travailler les met de côté
library-has-been-changed-since-entry =
    { $name-file } a été modifié depuis que l’entrée { $entry } du journal l’a scellé
library-which-entry-of-the-journal-sealed =
    { $name-file }, que l’entrée { $entry } du journal a scellé, ne peut être contrôlé : { $why }
library-which-entry-of-the-journal-sealed-cannot =
    { $name-file }, que l’entrée { $entry } du journal a scellé, ne peut être lu : { $why }
library-case-json-cannot-be-checked = case.json ne peut être contrôlé : { $why }
library-the-plan-in-case-json-models =
    le plan dans case.json (modèles et réglages) n’est pas celui avec lequel l’affaire a été commencée : son
    empreinte est { $name-found }, et le journal a { $name-sealed }
library-what-case-json-asks-question-warnings =
    ce que case.json demande (question, avertissements, passage à vide ou autotest) n’est pas ce avec quoi l’affaire
    a été commencée : son empreinte est { $name-found }, et le journal a { $name-sealed }
library-the-artwork-with-which-the-case =
    l’œuvre { $name-folder }, avec laquelle l’affaire a été commencée, n’est pas dans case.json
library-the-artwork-in-case-json =
    l’œuvre { $name-folder } dans case.json n’était pas là quand l’affaire a été commencée
library-case-json-has-the-artwork =
    case.json donne l’œuvre { $name-folder } pour finie, mais aucune entrée du journal ne le dit : des entrées ont
    pu être coupées à sa fin
library-the-exhibit-names-the-entry =
    la pièce { $name-file } nomme l’entrée { $name-head }, qui n’est pas avant elle dans le journal
library-the-timestamp-does-not-fit = l’horodatage { $name-file } ne convient pas : { $why }
library-is-not-sealed-by-the-journal =
    { $name-file } n’est pas scellé par le journal : on ne sait rien de sa provenance
library-is-a-link-a-device =
    { $name-file } est un lien, un périphérique ou porte un nom étrange, et n’a pas été regardé
library-the-exhibit-lies-outside-the-case =
    la pièce { $name-file } se trouve hors de l’affaire et n’a pas été contrôlée : comparez son SHA-256 avec
    { $name-hash }
library-the-signature-of-the-timestamp =
    la signature de l’horodatage { $name-file } n’a pas été contrôlée : { $why }
library-entry-of-the-journal-says =
    l’entrée { $entry } du journal dit qu’une moitié d’entrée a été mise de côté comme { $name-file } après un
    plantage
library-entry-of-the-journal-tells =
    l’entrée { $entry } du journal parle de quelque chose que cette version ne connaît pas : vérifiez l’affaire avec
    le programme qui l’a écrite
library-the-journals-line-has-been-changed =
    la ligne { $line } du journal a été modifiée : son contenu n’a pas l’empreinte qu’elle indique
library-the-journals-line-has-a-wrong =
    la ligne { $line } du journal a une fausse signature : la clé qu’elle nomme ne l’a pas signée
library-entries-to-have-been-removed = les entrées { $first } à { $last } ont été retirées du journal
library-it-is-missing = il manque
library-the-artwork-in-case-json-is-not =
    l’œuvre { $name-folder } n’est pas dans case.json telle qu’elle était au début de l’affaire : diffère
    { $name-what }
library-entry-of-the-journal-opens =
    l’entrée { $entry } du journal ouvre ce que désignent des œuvres à l’aveugle, mais rien n’en était scellé au
    début de l’affaire
library-what-the-blind-works-stand = ce que désignent les œuvres à l’aveugle ne peut être contrôlé : { $why }
library-blind-mapping-json =
    blind/mapping.json n’est pas ce qui a été scellé avant le premier indice : ce que désignent les œuvres à
    l’aveugle a été modifié
library-the-order-of-the-blind-works =
    l’ordre des œuvres à l’aveugle ne découle pas du nombre aléatoire de blind/mapping.json : il n’a pas été tiré au
    sort
library-blind-mapping-json-is-not-of-the = blind/mapping.json n’est pas celui des œuvres examinées à l’aveugle
library-entry-of-the-journal-is-dated =
    l’entrée { $entry } du journal est datée du { $dated }, mais a déjà été horodatée par { $name-file } à
    { $stamped } : l’horloge de l’ordinateur était fausse
library-the-chain-of-the-journal =
    la chaîne du journal est rompue avant l’entrée { $number } à la ligne { $line } : elle a été écrite après une
    autre entrée que celle qui la précède
library-entry-of-the-journal-stands =
    l’entrée { $number } du journal est à la ligne { $line } : des entrées ont été déplacées ou copiées
library-line-of-the-journal = la ligne { $line } du journal ne peut être lue : { $why }
library-the-journals-line-has-no-signature = la ligne { $line } du journal n’a pas de signature
library-what-the-works-under-neutral-names =
    ce que désignent les { $works } œuvres sous des noms neutres n’a pas encore été ouvert : cela se fait quand
    toutes ont été examinées

## What a verification cannot exclude

library-that-somebody-else-wrote-the-whole =
    Que quelqu’un d’autre ait réécrit tout le dossier avec sa propre clé : comparez l’empreinte de la clé avec celle
    que vous tenez de son propriétaire.
library-that-the-owner-of-the-key =
    Que le propriétaire de la clé ait réécrit les entrées après le numéro { $entry }, ou toutes avant { $time },
    quand la dernière d’entre elles a été horodatée ; et que l’autorité ne soit pas ce que dit son certificat, dont
    l’émetteur n’a pas été vérifié.
library-that-the-owner-of-the-key-wrote =
    Que le propriétaire de la clé ait tout réécrit avant que la pièce qui nomme l’entrée attendue soit remise, ou
    depuis lors les entrées après celle-ci.
library-that-the-owner-of-the-key-wrote-everything =
    Que le propriétaire de la clé ait tout réécrit à n’importe quel moment : seuls un horodatage d’une autorité ou
    une pièce déposée borneraient cela.
library-that-entries-after-number-were-cut =
    Que des entrées après le numéro { $entry } aient été coupées, à moins qu’un fichier ou une pièce n’en parle.
library-that-the-pictures-and-models =
    Que les images et les modèles aient été autre chose avant leur première empreinte, et que l’horloge de
    l’ordinateur ait été fausse entre deux horodatages.

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>likeness::AddPhotosCommand</name>
    <message>
        <source>Add photos</source>
        <translation>Añadir fotos</translation>
    </message>
</context>
<context>
    <name>likeness::BeforeAfter</name>
    <message>
        <source>The picture, and what the base model made of the same seed</source>
        <translation>La imagen, y lo que hizo el modelo base con la misma semilla</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Antes</translation>
    </message>
</context>
<context>
    <name>likeness::CaptionCommand</name>
    <message>
        <source>Change the caption</source>
        <translation>Cambiar la descripción</translation>
    </message>
</context>
<context>
    <name>likeness::CentreCommand</name>
    <message>
        <source>Centre on the subject</source>
        <translation>Centrar en el sujeto</translation>
    </message>
</context>
<context>
    <name>likeness::ChartCard</name>
    <message>
        <source>Instance</source>
        <translation>Instancia</translation>
    </message>
    <message>
        <source>Prior</source>
        <translation>Clase</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validación</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Tasa</translation>
    </message>
    <message>
        <source>Show or hide the learning rate, on an axis of its own</source>
        <translation>Muestra u oculta la tasa de aprendizaje, en un eje propio</translation>
    </message>
    <message>
        <source>How much the thick lines are smoothed; the faint ones are what was measured</source>
        <translation>Cuánto se suavizan las líneas gruesas; las tenues son lo que se midió</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>Suavizar</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation>Escala logarítmica</translation>
    </message>
    <message>
        <source>Save the chart as a picture, a PDF or a table</source>
        <translation>Guarda el gráfico como imagen, PDF o tabla</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>Guardar el gráfico</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Imagen (*.png)</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Table of all values (*.csv)</source>
        <translation>Tabla con todos los valores (*.csv)</translation>
    </message>
</context>
<context>
    <name>likeness::ChartReadout</name>
    <message>
        <source>measured %1</source>
        <translation>medido %1</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Paso %1</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>Instancia</translation>
    </message>
    <message>
        <source>Prior</source>
        <translation>Clase</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validación</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Tasa de aprendizaje</translation>
    </message>
</context>
<context>
    <name>likeness::ComposePage</name>
    <message>
        <source>Compose</source>
        <translation>Componer</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Anteriores</translation>
    </message>
    <message>
        <source>Make pictures</source>
        <translation>Crear imágenes</translation>
    </message>
    <message>
        <source>Pictures of this batch</source>
        <translation>Imágenes de esta tanda</translation>
    </message>
    <message>
        <source>Pictures made earlier</source>
        <translation>Imágenes creadas antes</translation>
    </message>
    <message>
        <source>Nothing is learnt yet, so pictures come from the base model.</source>
        <translation>Aún no se ha aprendido nada, así que las imágenes salen del modelo base.</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 imagen</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures</source>
        <translation>
            <numerusform>%n imagen</numerusform>
            <numerusform>%n imágenes</numerusform>
        </translation>
    </message>
    <message>
        <source>Search, star, compare and remove pictures (Ctrl+L)</source>
        <translation>Busca, marca, compara y quita imágenes (Ctrl+L)</translation>
    </message>
    <message>
        <source>Your pictures appear here. Drop one to start from it, or to get its recipe back.</source>
        <translation>Aquí aparecen tus imágenes. Suelta una para partir de ella o para recuperar su receta.</translation>
    </message>
    <message>
        <source>The mask can’t be written to %1. Free some space there, or allow writing.</source>
        <translation>No se puede escribir la máscara en %1. Libera espacio allí o permite la escritura.</translation>
    </message>
    <message>
        <source>Any %1 is fine: the word still means all of them. If these look like %2, it was overwritten; train with more prior images, or fewer steps.</source>
        <translation>Cualquier %1 vale: la palabra sigue sirviendo para todo lo que se llama así. Si estas imágenes se parecen a %2, la palabra se ha sobrescrito; entrena con más imágenes de clase o con menos pasos.</translation>
    </message>
    <message>
        <source>subject</source>
        <translation>sujeto</translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>Todas las imágenes</translation>
    </message>
    <message>
        <source>All pictures · %1</source>
        <translation>Todas las imágenes · %1</translation>
    </message>
    <message>
        <source>%1 carries no recipe.</source>
        <translation>%1 no lleva ninguna receta.</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>Usar estos ajustes</translation>
    </message>
    <message>
        <source>Start from this picture</source>
        <translation>Partir de esta imagen</translation>
    </message>
    <message>
        <source>Paint where it should change</source>
        <translation>Pintar dónde debe cambiar</translation>
    </message>
    <message>
        <source>No favourite any more</source>
        <translation>Quitar de favoritas</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorita</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>Copiar la imagen</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>Abrir su carpeta</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Use its settings</source>
        <translation>Usar sus ajustes</translation>
    </message>
    <message>
        <source>Use its settings: it carries none</source>
        <translation>Usar sus ajustes: no lleva ninguno</translation>
    </message>
    <message>
        <source>Add it to the photos of %1</source>
        <translation>Añadir a las fotos de %1</translation>
    </message>
    <message>
        <source>“%1”, seed %2</source>
        <translation>“%1”, semilla %2</translation>
    </message>
    <message>
        <source>%1 can’t be read as a picture. Choose another one.</source>
        <translation>%1 no se puede leer como imagen. Elige otra.</translation>
    </message>
</context>
<context>
    <name>likeness::CropCommand</name>
    <message>
        <source>Change the square</source>
        <translation>Cambiar el recuadro</translation>
    </message>
</context>
<context>
    <name>likeness::CropEditor</name>
    <message>
        <source>Square that is trained</source>
        <translation>Recuadro que se entrena</translation>
    </message>
    <message>
        <source>Arrow keys move it, plus and minus change its size, R turns the photo, C moves it to what stands out</source>
        <translation>Las flechas lo mueven, más y menos cambian su tamaño, R gira la foto, C lo lleva a lo que más destaca</translation>
    </message>
</context>
<context>
    <name>likeness::CurveKey</name>
    <message>
        <source>Show or hide this curve</source>
        <translation>Mostrar u ocultar esta curva</translation>
    </message>
</context>
<context>
    <name>likeness::Demo</name>
    <message>
        <source>The demo&apos;s photos can&apos;t be written to %1. Make room there.</source>
        <translation>Las fotos de la demo no se pueden escribir en %1. Haz sitio allí.</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Demo</translation>
    </message>
</context>
<context>
    <name>likeness::Estimate</name>
    <message>
        <source>about %1 s</source>
        <translation>cerca de %1 s</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>cerca de %1 min</translation>
    </message>
    <message>
        <source>about %1 h</source>
        <translation>cerca de %1 h</translation>
    </message>
    <message>
        <source>about %1 h %2 min</source>
        <translation>cerca de %1 h %2 min</translation>
    </message>
</context>
<context>
    <name>likeness::ExportPage</name>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Nothing to take along yet</source>
        <translation>Todavía no hay nada que llevarse</translation>
    </message>
    <message>
        <source>Once your subject is learnt, it can be used in other programs too.</source>
        <translation>Cuando tu sujeto esté aprendido, podrás usarlo también en otros programas.</translation>
    </message>
    <message>
        <source>Write the model</source>
        <translation>Escribir el modelo</translation>
    </message>
    <message>
        <source>Where will you use it?</source>
        <translation>¿Dónde lo vas a usar?</translation>
    </message>
    <message>
        <source>Go to training</source>
        <translation>Ir al entrenamiento</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>As learnt at</source>
        <translation>Aprendido hasta</translation>
    </message>
    <message>
        <source>Into a new folder</source>
        <translation>En una carpeta nueva</translation>
    </message>
    <message>
        <source>The best, step %1</source>
        <translation>El mejor, paso %1</translation>
    </message>
    <message>
        <source>The last, step %1</source>
        <translation>El último, paso %1</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Paso %1</translation>
    </message>
    <message>
        <source>Where should the model&apos;s folder go?</source>
        <translation>¿Dónde va la carpeta del modelo?</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Escribiendo…</translation>
    </message>
    <message>
        <source>This folder already holds something. Choose a new one; nothing is overwritten.</source>
        <translation>Esta carpeta ya contiene algo. Elige una nueva; no se sobrescribe nada.</translation>
    </message>
    <message>
        <source>A folder in the diffusers layout with everything that pictures need. Your photos stay here.</source>
        <translation>Una carpeta con la estructura de diffusers y todo lo necesario para crear imágenes. Tus fotos se quedan aquí.</translation>
    </message>
    <message>
        <source>It takes a little over %1.</source>
        <translation>Ocupa algo más de %1.</translation>
    </message>
    <message>
        <source>written</source>
        <translation>escrito</translation>
    </message>
    <message>
        <source>Into a new file</source>
        <translation>En un archivo nuevo</translation>
    </message>
    <message>
        <source>Into which folder should the file go?</source>
        <translation>¿En qué carpeta va el archivo?</translation>
    </message>
    <message>
        <source>There is such a file already. Choose another name; nothing is overwritten.</source>
        <translation>Ya existe un archivo así. Elige otro nombre; no se sobrescribe nada.</translation>
    </message>
    <message>
        <source>One small file with what was learnt, to be used with the model that you began with. Your photos stay here.</source>
        <translation>Un archivo pequeño con lo aprendido, para usarlo con el modelo del que partiste. Tus fotos se quedan aquí.</translation>
    </message>
    <message>
        <source>One small file with what the new word means, to be used with the model that you began with. Your photos stay here.</source>
        <translation>Un archivo pequeño con lo que significa la palabra nueva, para usarlo con el modelo del que partiste. Tus fotos se quedan aquí.</translation>
    </message>
    <message>
        <source>One file with the whole model in half precision, which that program computes in. Your photos stay here.</source>
        <translation>Un archivo con el modelo entero en media precisión, que es con la que calcula ese programa. Tus fotos se quedan aquí.</translation>
    </message>
</context>
<context>
    <name>likeness::ExportTarget</name>
    <message>
        <source>In the model manager choose “Add models”, give the folder %1, and install it. Then write: %2</source>
        <translation>En el gestor de modelos, elige “Add models”, indica la carpeta %1 e instálala. Luego escribe: %2</translation>
    </message>
    <message>
        <source>Another Likeness</source>
        <translation>Otro Likeness</translation>
    </message>
    <message>
        <source>Copy the folder %1 to the other computer and begin a project with it as its model. Then write: %2</source>
        <translation>Copia la carpeta %1 al otro equipo y empieza allí un proyecto que la tenga como modelo. Luego escribe: %2</translation>
    </message>
    <message>
        <source>One file, for models/Stable-diffusion</source>
        <translation>Un archivo, para models/Stable-diffusion</translation>
    </message>
    <message>
        <source>Put the file %1 into models/Stable-diffusion of that program, press the blue arrows beside its list of checkpoints and choose it there. Then write: %2</source>
        <translation>Pon el archivo %1 en models/Stable-diffusion de ese programa, pulsa las flechas azules junto a su lista de checkpoints y elígelo allí. Luego escribe: %2</translation>
    </message>
    <message>
        <source>One file, for models/checkpoints</source>
        <translation>Un archivo, para models/checkpoints</translation>
    </message>
    <message>
        <source>Put the file %1 into ComfyUI/models/checkpoints, press R in the window and choose it in “Load Checkpoint”. Then write: %2</source>
        <translation>Pon el archivo %1 en ComfyUI/models/checkpoints, pulsa R en la ventana y elígelo en “Load Checkpoint”. Luego escribe: %2</translation>
    </message>
    <message>
        <source>A folder, for its model manager</source>
        <translation>Una carpeta, para su gestor de modelos</translation>
    </message>
    <message>
        <source>A LoRA, for models/Lora</source>
        <translation>Un LoRA, para models/Lora</translation>
    </message>
    <message>
        <source>Put the file %1 into models/Lora of that program, and choose the checkpoint that you began with. Then write: %2</source>
        <translation>Pon el archivo %1 en models/Lora de ese programa y elige el checkpoint del que partiste. Luego escribe: %2</translation>
    </message>
    <message>
        <source>A LoRA, for models/loras</source>
        <translation>Un LoRA, para models/loras</translation>
    </message>
    <message>
        <source>Put the file %1 into ComfyUI/models/loras, press R in the window and choose it in “Load LoRA” behind the checkpoint that you began with. Then write: %2</source>
        <translation>Pon el archivo %1 en ComfyUI/models/loras, pulsa R en la ventana y elígelo en “Load LoRA”, detrás del checkpoint del que partiste. Luego escribe: %2</translation>
    </message>
    <message>
        <source>A LoRA, for its model manager</source>
        <translation>Un LoRA, para su gestor de modelos</translation>
    </message>
    <message>
        <source>In the model manager choose “Add models”, give the file %1, and add it to the model that you began with. Then write: %2</source>
        <translation>En el gestor de modelos, elige “Add models”, indica el archivo %1 y añádelo al modelo del que partiste. Luego escribe: %2</translation>
    </message>
    <message>
        <source>A word, for embeddings</source>
        <translation>Una palabra, para embeddings</translation>
    </message>
    <message>
        <source>Put the file %1 into the folder embeddings of that program, and choose the checkpoint that you began with. The file&apos;s name is the word. Then write: %2</source>
        <translation>Pon el archivo %1 en la carpeta embeddings de ese programa y elige el checkpoint del que partiste. El nombre del archivo es la palabra. Luego escribe: %2</translation>
    </message>
    <message>
        <source>A word, for models/embeddings</source>
        <translation>Una palabra, para models/embeddings</translation>
    </message>
    <message>
        <source>Put the file %1 into ComfyUI/models/embeddings, press R in the window and load the checkpoint that you began with. Then write: %2</source>
        <translation>Pon el archivo %1 en ComfyUI/models/embeddings, pulsa R en la ventana y carga el checkpoint del que partiste. Luego escribe: %2</translation>
    </message>
    <message>
        <source>A word, for its model manager</source>
        <translation>Una palabra, para su gestor de modelos</translation>
    </message>
    <message>
        <source>In the model manager choose “Add models”, give the file %1, and use it with the model that you began with. The file&apos;s name is the word. Then write: %2</source>
        <translation>En el gestor de modelos, elige “Add models”, indica el archivo %1 y úsalo con el modelo del que partiste. El nombre del archivo es la palabra. Luego escribe: %2</translation>
    </message>
    <message>
        <source>A word, for programs in Python</source>
        <translation>Una palabra, para programas en Python</translation>
    </message>
    <message>
        <source>A folder, for programs in Python</source>
        <translation>Una carpeta, para programas en Python</translation>
    </message>
    <message>
        <source>A folder, the model of a new project</source>
        <translation>Una carpeta, el modelo de un proyecto nuevo</translation>
    </message>
</context>
<context>
    <name>likeness::FileChoice</name>
    <message>
        <source>Photos (%1)</source>
        <translation>Fotos (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
</context>
<context>
    <name>likeness::Format</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
</context>
<context>
    <name>likeness::GridBuilder</name>
    <message>
        <source>Guidance</source>
        <translation>Guía</translation>
    </message>
    <message>
        <source>Numbers, or a range such as 2-8 (+2)</source>
        <translation>Números, o un intervalo como 2-8 (+2)</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pasos</translation>
    </message>
    <message>
        <source>Numbers, or a range such as 10-50 (+10)</source>
        <translation>Números, o un intervalo como 10-50 (+10)</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semilla</translation>
    </message>
    <message>
        <source>Numbers, or a range such as 1-4</source>
        <translation>Números, o un intervalo como 1-4</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>Names of samplers</source>
        <translation>Nombres de samplers</translation>
    </message>
    <message>
        <source>Words of the prompt</source>
        <translation>Palabras del prompt</translation>
    </message>
    <message>
        <source>Words that are in the prompt, then what takes their place</source>
        <translation>Palabras que están en el prompt y, después, lo que ocupa su lugar</translation>
    </message>
    <message>
        <source>How much changes</source>
        <translation>Cuánto cambia</translation>
    </message>
    <message>
        <source>Between 0 and 1; needs a picture to start from</source>
        <translation>Entre 0 y 1; necesita una imagen de partida</translation>
    </message>
    <message>
        <source>As learnt at</source>
        <translation>Aprendido hasta</translation>
    </message>
    <message>
        <source>Steps of the training, or base, best, last</source>
        <translation>Pasos del entrenamiento, o base, best, last</translation>
    </message>
    <message>
        <source>LoRA weight</source>
        <translation>Peso del LoRA</translation>
    </message>
    <message>
        <source>Numbers; the prompt must name a LoRA</source>
        <translation>Números; el prompt debe nombrar un LoRA</translation>
    </message>
    <message>
        <source>Open the sheet</source>
        <translation>Abrir la hoja</translation>
    </message>
    <message>
        <source>Compare settings</source>
        <translation>Comparar ajustes</translation>
    </message>
    <message>
        <source>Close the grid</source>
        <translation>Cerrar la cuadrícula</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columnas</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Filas</translation>
    </message>
    <message>
        <source>Values: %1</source>
        <translation>Valores: %1</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nada</translation>
    </message>
    <message>
        <source>The prompt names no LoRA yet: write &lt;lora:its name:1&gt; into it.</source>
        <translation>El prompt aún no nombra ningún LoRA: escribe en él &lt;lora:its name:1&gt;, con el nombre del tuyo.</translation>
    </message>
    <message>
        <source>Choose a picture to start from first.</source>
        <translation>Elige antes una imagen de partida.</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1, all from the same seed</source>
        <translation>%1, todas con la misma semilla</translation>
    </message>
</context>
<context>
    <name>likeness::GridTable</name>
    <message>
        <source>Grid of pictures</source>
        <translation>Cuadrícula de imágenes</translation>
    </message>
</context>
<context>
    <name>likeness::HeaderBar</name>
    <message>
        <source>What Likeness computes on, and how much of the memory it uses now</source>
        <translation>Con qué calcula Likeness y cuánta memoria usa ahora</translation>
    </message>
    <message>
        <source>No project</source>
        <translation>Sin proyecto</translation>
    </message>
    <message>
        <source>Project menu</source>
        <translation>Menú del proyecto</translation>
    </message>
    <message>
        <source>Project %1, menu</source>
        <translation>Proyecto %1, menú</translation>
    </message>
    <message>
        <source>The base model that this project starts from</source>
        <translation>El modelo base del que parte este proyecto</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Proyecto nuevo</translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation>Abrir un proyecto…</translation>
    </message>
    <message numerus="yes">
        <source>CPU, %n core(s)</source>
        <translation>
            <numerusform>CPU, %n núcleo</numerusform>
            <numerusform>CPU, %n núcleos</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2 of %3</source>
        <translation>%1 · %2 de %3</translation>
    </message>
    <message>
        <source>Change to light</source>
        <translation>Cambiar a claro</translation>
    </message>
    <message>
        <source>Change to dark</source>
        <translation>Cambiar a oscuro</translation>
    </message>
    <message>
        <source>Help and shortcuts (F1)</source>
        <translation>Ayuda y atajos (F1)</translation>
    </message>
    <message>
        <source>Settings (Ctrl+,)</source>
        <translation>Ajustes (Ctrl+,)</translation>
    </message>
</context>
<context>
    <name>likeness::HelpPanel</name>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Cerrar (Esc)</translation>
    </message>
    <message>
        <source>Show me around</source>
        <translation>Hacer un recorrido</translation>
    </message>
    <message>
        <source>Log and report…</source>
        <translation>Registro e informe…</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Sujeto</translation>
    </message>
    <message>
        <source>Three to five photos teach more than thirty alike ones. Show the subject whole, from different sides, in different places. The word says what it is; the token becomes its name.</source>
        <translation>De tres a cinco fotos enseñan más que treinta iguales. Muestra el sujeto entero, desde distintos lados y en distintos lugares. La palabra dice qué es; el token pasa a ser su nombre.</translation>
    </message>
    <message>
        <source>Paste photos or a picture</source>
        <translation>Pegar fotos o una imagen</translation>
    </message>
    <message>
        <source>Take the chosen photo out</source>
        <translation>Sacar la foto elegida</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>Flechas</translation>
    </message>
    <message>
        <source>In the photo: move the square; Shift: further</source>
        <translation>En la foto: mover el recuadro; Mayús: más lejos</translation>
    </message>
    <message>
        <source>In the photo: larger or smaller square</source>
        <translation>En la foto: recuadro mayor o menor</translation>
    </message>
    <message>
        <source>In the photo: turn it</source>
        <translation>En la foto: girarla</translation>
    </message>
    <message>
        <source>In the photo: centre on what stands out</source>
        <translation>En la foto: centrar en lo que más destaca</translation>
    </message>
    <message>
        <source>Ask the helper</source>
        <translation>Preguntar al ayudante</translation>
    </message>
    <message>
        <source>Prior images</source>
        <translation>Imágenes de clase</translation>
    </message>
    <message>
        <source>Pictures of any such thing keep the word for all of them. Without them, every dog becomes your dog. Reject the ones that went wrong.</source>
        <translation>Las imágenes de otros de su clase mantienen la palabra para todos ellos. Sin ellas, cualquier perro se convierte en tu perro. Rechaza las que salieron mal.</translation>
    </message>
    <message>
        <source>Keep the chosen picture</source>
        <translation>Conservar la imagen elegida</translation>
    </message>
    <message>
        <source>Reject it</source>
        <translation>Rechazarla</translation>
    </message>
    <message>
        <source>To the next picture</source>
        <translation>A la imagen siguiente</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>See it large</source>
        <translation>Verla en grande</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Entrenamiento</translation>
    </message>
    <message>
        <source>The dashed line tells most: when it turns upwards, the photos are being learnt by heart. Stop and keep the checkpoint before the turn.</source>
        <translation>La línea discontinua es la que más dice: cuando empieza a subir, las fotos se están aprendiendo de memoria. Detén el entrenamiento y quédate con el checkpoint anterior al giro.</translation>
    </message>
    <message>
        <source>Pause or go on</source>
        <translation>Pausar o seguir</translation>
    </message>
    <message>
        <source>Compose</source>
        <translation>Componer</translation>
    </message>
    <message>
        <source>[V] stands for your subject. Say where it is, in what light, and in which style. The same seed gives the same picture again.</source>
        <translation>[V] representa a tu sujeto. Di dónde está, con qué luz y en qué estilo. La misma semilla vuelve a dar la misma imagen.</translation>
    </message>
    <message>
        <source>In the gallery: see it large</source>
        <translation>En la galería: verla en grande</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Choose where you will use it; Likeness writes what that program reads, reads it back and compares.</source>
        <translation>Elige dónde lo vas a usar; Likeness escribe lo que ese programa lee, lo vuelve a leer y compara.</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Hola</translation>
    </message>
    <message>
        <source>Drop three to five photos of one subject anywhere on this window. The demo shows the whole way in a few minutes.</source>
        <translation>Suelta de tres a cinco fotos de un mismo sujeto en cualquier parte de esta ventana. La demo muestra todo el camino en unos minutos.</translation>
    </message>
    <message>
        <source>To the steps</source>
        <translation>A los pasos</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Proyecto nuevo</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Abrir un proyecto</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>This help</source>
        <translation>Esta ayuda</translation>
    </message>
</context>
<context>
    <name>likeness::HelperClient</name>
    <message numerus="yes">
        <source>%1 has said nothing for %n second(s). Look whether the server is busy, then ask again.</source>
        <translation>
            <numerusform>%1 lleva %n segundo sin decir nada. Mira si el servidor está ocupado y vuelve a preguntar.</numerusform>
            <numerusform>%1 lleva %n segundos sin decir nada. Mira si el servidor está ocupado y vuelve a preguntar.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 did not come to an end. Ask for something shorter, or use a quicker model.</source>
        <translation>%1 no llegó a terminar. Pide algo más corto o usa un modelo más rápido.</translation>
    </message>
    <message>
        <source>%1 sends more than an answer can be. Is it the right server?</source>
        <translation>%1 envía más de lo que puede ocupar una respuesta. ¿Es el servidor correcto?</translation>
    </message>
    <message>
        <source>%1 says: %2</source>
        <translation>%1 dice: %2</translation>
    </message>
    <message>
        <source>%1 answered, but not as a chat server does. Look whether the address is right.</source>
        <translation>%1 respondió, pero no como un servidor de chat. Mira si la dirección es correcta.</translation>
    </message>
    <message>
        <source>%1 wants to send Likeness on to another address, where it doesn&apos;t go. Give the right address in the settings.</source>
        <translation>%1 quiere enviar a Likeness a otra dirección, y allí no va. Indica la dirección correcta en los ajustes.</translation>
    </message>
    <message>
        <source>%1 answered with error %2: %3</source>
        <translation>%1 respondió con el error %2: %3</translation>
    </message>
    <message>
        <source>%1 knows no chat completions. Look whether the address is right.</source>
        <translation>%1 no conoce “chat completions”. Mira si la dirección es correcta.</translation>
    </message>
    <message>
        <source>%1 answered with error %2. Look into the server&apos;s own messages, then ask again.</source>
        <translation>%1 respondió con el error %2. Mira los mensajes del propio servidor y vuelve a preguntar.</translation>
    </message>
    <message>
        <source>Nothing answers at %1. Start the server, or correct the address in the settings.</source>
        <translation>Nadie responde en %1. Inicia el servidor o corrige la dirección en los ajustes.</translation>
    </message>
    <message>
        <source>%1 can&apos;t show that it is what it says (its certificate). Use http:// for a server on this computer.</source>
        <translation>%1 no puede demostrar que es quien dice ser (su certificado). Usa http:// para un servidor en este equipo.</translation>
    </message>
    <message>
        <source>The connection to %1 broke off. Look whether the server still runs, then ask again.</source>
        <translation>Se cortó la conexión con %1. Mira si el servidor sigue en marcha y vuelve a preguntar.</translation>
    </message>
</context>
<context>
    <name>likeness::HelperForm</name>
    <message>
        <source>Let Likeness ask a server of mine about pictures</source>
        <translation>Permitir que Likeness pregunte por imágenes a un servidor mío</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Probar</translation>
    </message>
    <message>
        <source>It can describe photos, suggest words and prompts, and look for what is unsafe to show. It needs a server that speaks like OpenAI&apos;s and reads pictures: llama.cpp, Ollama, vLLM. A picture is sent only when you ask about it, made smaller, and only to this address.</source>
        <translation>Puede describir fotos, sugerir palabras y prompts, y buscar lo que no conviene mostrar. Necesita un servidor que hable como el de OpenAI y lea imágenes: llama.cpp, Ollama, vLLM. Una imagen solo se envía cuando preguntas por ella, reducida y solo a esta dirección.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Model (may stay empty)</source>
        <translation>Modelo (puede quedar vacío)</translation>
    </message>
    <message>
        <source>It answers: %1</source>
        <translation>Responde: %1</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Detenido.</translation>
    </message>
    <message>
        <source>A short question without a picture was sent to %1 …</source>
        <translation>Se envió a %1 una pregunta corta sin imagen…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
</context>
<context>
    <name>likeness::HelperPanel</name>
    <message>
        <source>Ask</source>
        <translation>Preguntar</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Use as caption</source>
        <translation>Usar de descripción</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Ask the helper</source>
        <translation>Preguntar al ayudante</translation>
    </message>
    <message>
        <source>The picture that is asked about</source>
        <translation>La imagen por la que se pregunta</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Sobre</translation>
    </message>
    <message>
        <source>Describe it</source>
        <translation>Describirla</translation>
    </message>
    <message>
        <source>One sentence that can become the photo&apos;s caption</source>
        <translation>Una frase que puede servir de descripción de la foto</translation>
    </message>
    <message>
        <source>What is it?</source>
        <translation>¿Qué es?</translation>
    </message>
    <message>
        <source>One everyday word for the subject</source>
        <translation>Una palabra corriente para el sujeto</translation>
    </message>
    <message>
        <source>Think of prompts</source>
        <translation>Pensar prompts</translation>
    </message>
    <message>
        <source>Five ideas for new pictures</source>
        <translation>Cinco ideas para imágenes nuevas</translation>
    </message>
    <message>
        <source>Safe to show?</source>
        <translation>¿Se puede mostrar?</translation>
    </message>
    <message>
        <source>Looks for what not everybody should see</source>
        <translation>Busca lo que no todo el mundo debería ver</translation>
    </message>
    <message>
        <source>Describe all photos</source>
        <translation>Describir las fotos</translation>
    </message>
    <message>
        <source>A caption for each photo that has none</source>
        <translation>Una descripción para cada foto que no la tenga</translation>
    </message>
    <message>
        <source>Check all</source>
        <translation>Revisar todo</translation>
    </message>
    <message>
        <source>Looks through all photos and the newest pictures for what is unsafe to show</source>
        <translation>Revisa todas las fotos y las imágenes más recientes en busca de lo que no conviene mostrar</translation>
    </message>
    <message>
        <source>Your question</source>
        <translation>Tu pregunta</translation>
    </message>
    <message>
        <source>Or ask something of your own …</source>
        <translation>O pregunta lo que quieras…</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Respuesta</translation>
    </message>
    <message>
        <source>The answer comes here, word by word.</source>
        <translation>La respuesta llega aquí, palabra por palabra.</translation>
    </message>
    <message>
        <source>Done. Undo takes it back.</source>
        <translation>Hecho. Deshacer lo revierte.</translation>
    </message>
    <message>
        <source>Photo %1</source>
        <translation>Foto %1</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>Imagen %1</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Ninguna imagen</translation>
    </message>
    <message>
        <source>%1, %2 × %3, was sent to %4. Waiting for the answer …</source>
        <extracomment>%1 is &quot;Photo 2&quot;, %2 × %3 pixels, %4 an address</extracomment>
        <translation>Se envió %1, %2 × %3, a %4. Esperando la respuesta…</translation>
    </message>
    <message>
        <source>%1, %2 × %3, goes to %4 when you ask. Nothing else leaves Likeness.</source>
        <translation>%1, %2 × %3, va a %4 cuando preguntas. Nada más sale de Likeness.</translation>
    </message>
    <message>
        <source>The helper is off. Settings tells how to switch it on.</source>
        <translation>El ayudante está apagado. En los ajustes se explica cómo encenderlo.</translation>
    </message>
    <message>
        <source>Only your words go to %1.</source>
        <translation>A %1 solo van tus palabras.</translation>
    </message>
    <message>
        <source>Every photo has a caption already.</source>
        <translation>Todas las fotos tienen ya descripción.</translation>
    </message>
    <message>
        <source>Your words were sent to %1. Waiting for the answer …</source>
        <translation>Tus palabras se enviaron a %1. Esperando la respuesta…</translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%1 de %2: %3</translation>
    </message>
    <message>
        <source>Better look at this one yourself before you show it.</source>
        <translation>Mejor mira esta antes de mostrarla.</translation>
    </message>
    <message>
        <source>Written by a model: it can be wrong.</source>
        <translation>Escrito por un modelo: puede equivocarse.</translation>
    </message>
    <message>
        <source>Nothing was found. A model can be wrong.</source>
        <translation>No se encontró nada. Un modelo puede equivocarse.</translation>
    </message>
    <message numerus="yes">
        <source>Look at %n picture(s) yourself before you show them.</source>
        <translation>
            <numerusform>Mira %n imagen antes de mostrarla.</numerusform>
            <numerusform>Mira %n imágenes antes de mostrarlas.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped. What was sent before can&apos;t be taken back.</source>
        <translation>Detenido. Lo que ya se envió no se puede retirar.</translation>
    </message>
    <message>
        <source>Use &quot;%1&quot;</source>
        <translation>Usar “%1”</translation>
    </message>
</context>
<context>
    <name>likeness::HelperSettings</name>
    <message>
        <source>Give the server&apos;s address, for example http://localhost:8080.</source>
        <translation>Indica la dirección del servidor, por ejemplo http://localhost:8080.</translation>
    </message>
    <message>
        <source>That is no address of a server. It begins with http:// or https://.</source>
        <translation>Esa no es la dirección de un servidor. Debe empezar por http:// o https://.</translation>
    </message>
    <message>
        <source>Give the address alone, without a name, a password or a question mark.</source>
        <translation>Indica solo la dirección, sin nombre, contraseña ni signo de interrogación.</translation>
    </message>
</context>
<context>
    <name>likeness::JobBar</name>
    <message>
        <source>Training</source>
        <translation>Entrenamiento</translation>
    </message>
    <message>
        <source>Making prior images</source>
        <translation>Creando imágenes de clase</translation>
    </message>
    <message>
        <source>Making pictures</source>
        <translation>Creando imágenes</translation>
    </message>
    <message>
        <source>Writing the model</source>
        <translation>Escribiendo el modelo</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Leyendo</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Sample now</source>
        <translation>Muestra ya</translation>
    </message>
    <message>
        <source>Save now</source>
        <translation>Guardar ya</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>Pause or go on (Ctrl+Shift+P)</source>
        <translation>Pausar o seguir (Ctrl+Mayús+P)</translation>
    </message>
    <message>
        <source>Make a picture with what is learnt so far</source>
        <translation>Crea una imagen con lo aprendido hasta ahora</translation>
    </message>
    <message>
        <source>Save a checkpoint now</source>
        <translation>Guarda un checkpoint ahora</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>Parar y guardar</translation>
    </message>
    <message>
        <source>End here and keep what is learnt; it can go on later</source>
        <translation>Termina aquí y conserva lo aprendido; puede seguir más tarde</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n en espera</numerusform>
            <numerusform>%n en espera</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Listo</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Deteniendo…</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>paso %1 de %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>%1 steps/s</source>
        <translation>%1 pasos/s</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>quedan %1</translation>
    </message>
    <message>
        <source>Cancel “%1”</source>
        <translation>Cancelar “%1”</translation>
    </message>
</context>
<context>
    <name>likeness::LearningCard</name>
    <message>
        <source>How it learns</source>
        <translation>Cómo aprende</translation>
    </message>
    <message>
        <source>Changes count from the next run.</source>
        <translation>Los cambios valen a partir del próximo entrenamiento.</translation>
    </message>
    <message>
        <source>Full DreamBooth: the part that paints and the part that reads both learn.</source>
        <translation>DreamBooth completo: aprenden la parte que pinta y la parte que lee.</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>Todos los ajustes</translation>
    </message>
    <message numerus="yes">
        <source>All settings (%n changed)</source>
        <translation>
            <numerusform>Todos los ajustes (%n cambiado)</numerusform>
            <numerusform>Todos los ajustes (%n cambiados)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::LogPanel</name>
    <message>
        <source>Log and report</source>
        <translation>Registro e informe</translation>
    </message>
    <message>
        <source>If something goes wrong</source>
        <translation>Si algo sale mal</translation>
    </message>
    <message>
        <source>Send this to somebody who can help. It is exactly what you see: no picture, and the names of people, folders and files are taken out.</source>
        <translation>Envíalo a alguien que pueda ayudar. Es exactamente lo que ves: sin imágenes, y sin los nombres de personas, carpetas y archivos.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Informe</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Guardar informe…</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Volver a leer</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Copiado.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Guardado.</translation>
    </message>
    <message>
        <source>It could not be saved there. Choose another folder.</source>
        <translation>No se pudo guardar ahí. Elige otra carpeta.</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Guardar el informe</translation>
    </message>
</context>
<context>
    <name>likeness::LossChart</name>
    <message>
        <source>The chart could not be written to %1. Choose another folder.</source>
        <translation>No se pudo escribir el gráfico en %1. Elige otra carpeta.</translation>
    </message>
    <message>
        <source>Losses over the steps of training</source>
        <translation>Pérdidas a lo largo de los pasos del entrenamiento</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>Instancia</translation>
    </message>
    <message>
        <source>Prior</source>
        <translation>Clase</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validación</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Tasa de aprendizaje</translation>
    </message>
</context>
<context>
    <name>likeness::MadePictures</name>
    <message>
        <source>A picture in the making</source>
        <translation>Una imagen en proceso</translation>
    </message>
</context>
<context>
    <name>likeness::MainWindow</name>
    <message>
        <source>%1 – Likeness</source>
        <translation>%1 – Likeness</translation>
    </message>
    <message>
        <source>Pasted %1.png</source>
        <translation>Pegado %1.png</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Abrir un proyecto</translation>
    </message>
</context>
<context>
    <name>likeness::MaskCanvas</name>
    <message>
        <source>Mask</source>
        <translation>Máscara</translation>
    </message>
    <message>
        <source>Paint over what should change. Brackets change the brush, E erases, I inverts, Delete clears, arrows move the brush, Space paints.</source>
        <translation>Pinta sobre lo que debe cambiar. Los corchetes cambian el pincel, E borra, I invierte, Supr limpia, las flechas mueven el pincel, Espacio pinta.</translation>
    </message>
</context>
<context>
    <name>likeness::MaskStage</name>
    <message>
        <source>Paint</source>
        <translation>Pintar</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>Deshacer (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>Rehacer (Ctrl+Mayús+Z)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Limpiar</translation>
    </message>
    <message>
        <source>Paint over what should change. The rest stays as it is.</source>
        <translation>Pinta sobre lo que debe cambiar. El resto se queda como está.</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pincel</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Invertir</translation>
    </message>
    <message>
        <source>What was painted stays, the rest changes (I)</source>
        <translation>Lo pintado se queda, el resto cambia (I)</translation>
    </message>
    <message>
        <source>[ and ] or the wheel change the brush, E or the right button erases, Shift draws a line, Ctrl and the wheel look closer.</source>
        <translation>[ y ] o la rueda cambian el pincel, E o el botón derecho borran, Mayús traza una línea, Ctrl y la rueda acercan.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Listo</translation>
    </message>
</context>
<context>
    <name>likeness::NewProjectForm</name>
    <message>
        <source>Begin</source>
        <translation>Empezar</translation>
    </message>
    <message>
        <source>Photos of the new project</source>
        <translation>Fotos del proyecto nuevo</translation>
    </message>
    <message>
        <source>It is a</source>
        <translation>Es un/una</translation>
    </message>
    <message>
        <source>One everyday word for what it is, in English.</source>
        <translation>Una palabra corriente que diga qué es, en inglés.</translation>
    </message>
    <message>
        <source>Name of the project</source>
        <translation>Nombre del proyecto</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n foto</numerusform>
            <numerusform>%n fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>My %1</source>
        <translation>Mi %1</translation>
    </message>
    <message>
        <source>It becomes a folder in %1.</source>
        <translation>Será una carpeta en %1.</translation>
    </message>
    <message>
        <source>Kept in %1</source>
        <translation>Guardado en %1</translation>
    </message>
    <message>
        <source>A new subject</source>
        <translation>Un sujeto nuevo</translation>
    </message>
</context>
<context>
    <name>likeness::NoticeBanner</name>
    <message>
        <source>Dismiss</source>
        <translation>Descartar</translation>
    </message>
</context>
<context>
    <name>likeness::NounField</name>
    <message>
        <source>dog, teapot, person …</source>
        <translation>dog, teapot, person…</translation>
    </message>
</context>
<context>
    <name>likeness::OptionRow</name>
    <message>
        <source>made from the subject</source>
        <translation>se obtiene del sujeto</translation>
    </message>
    <message>
        <source>Default: %1.</source>
        <translation>Por defecto: %1.</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>Volver al valor por defecto</translation>
    </message>
</context>
<context>
    <name>likeness::OptionWords</name>
    <message>
        <source>Steps</source>
        <translation>Pasos</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semilla</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Tasa de aprendizaje</translation>
    </message>
    <message>
        <source>Learning rate of the text part</source>
        <translation>Tasa de aprendizaje del texto</translation>
    </message>
    <message>
        <source>Text part learns until</source>
        <translation>El texto aprende hasta</translation>
    </message>
    <message>
        <source>Course of the rate</source>
        <translation>Evolución de la tasa</translation>
    </message>
    <message>
        <source>Steady</source>
        <translation>Constante</translation>
    </message>
    <message>
        <source>Falling</source>
        <translation>Decreciente</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Calentamiento</translation>
    </message>
    <message>
        <source>Photos at a time</source>
        <translation>Fotos a la vez</translation>
    </message>
    <message>
        <source>Batches a step</source>
        <translation>Lotes por paso</translation>
    </message>
    <message>
        <source>Longest step</source>
        <translation>Paso más largo</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Decaimiento de pesos</translation>
    </message>
    <message>
        <source>Weight of the class images</source>
        <translation>Peso de las imágenes de clase</translation>
    </message>
    <message>
        <source>Class images</source>
        <translation>Imágenes de clase</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Precisión</translation>
    </message>
    <message>
        <source>bf16, fast</source>
        <translation>bf16, rápida</translation>
    </message>
    <message>
        <source>fp32, exact</source>
        <translation>fp32, exacta</translation>
    </message>
    <message>
        <source>Size of the square</source>
        <translation>Tamaño del recuadro</translation>
    </message>
    <message>
        <source>Mirror photos</source>
        <translation>Reflejar fotos</translation>
    </message>
    <message>
        <source>Half of them</source>
        <translation>La mitad</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguna</translation>
    </message>
    <message>
        <source>Save every</source>
        <translation>Guardar cada</translation>
    </message>
    <message>
        <source>Saved states to keep</source>
        <translation>Estados guardados a conservar</translation>
    </message>
    <message>
        <source>Test every</source>
        <translation>Validar cada</translation>
    </message>
    <message>
        <source>Preview every</source>
        <translation>Vista previa cada</translation>
    </message>
    <message>
        <source>Preview prompts</source>
        <translation>Prompts de vista previa</translation>
    </message>
    <message>
        <source>As this computer is fastest</source>
        <translation>La más rápida en este equipo</translation>
    </message>
    <message>
        <source>What learns</source>
        <translation>Qué aprende</translation>
    </message>
    <message>
        <source>The model itself</source>
        <translation>El propio modelo</translation>
    </message>
    <message>
        <source>A LoRA beside it</source>
        <translation>Un LoRA a su lado</translation>
    </message>
    <message>
        <source>Part of the model</source>
        <translation>Parte del modelo</translation>
    </message>
    <message>
        <source>All of it</source>
        <translation>Todo</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Atención</translation>
    </message>
    <message>
        <source>Attention to the text</source>
        <translation>Atención al texto</translation>
    </message>
    <message>
        <source>The way up</source>
        <translation>La subida</translation>
    </message>
    <message>
        <source>Rank of the LoRA</source>
        <translation>Rango del LoRA</translation>
    </message>
    <message>
        <source>Alpha of the LoRA</source>
        <translation>Alfa del LoRA</translation>
    </message>
    <message>
        <source>Alpha divided by</source>
        <translation>Alfa dividido entre</translation>
    </message>
    <message>
        <source>The rank</source>
        <translation>El rango</translation>
    </message>
    <message>
        <source>The root of the rank</source>
        <translation>La raíz del rango</translation>
    </message>
    <message>
        <source>Dropout of the LoRA</source>
        <translation>Dropout del LoRA</translation>
    </message>
    <message>
        <source>Layers with a LoRA</source>
        <translation>Capas con LoRA</translation>
    </message>
    <message>
        <source>Attention and feed-forward</source>
        <translation>Atención y feed-forward</translation>
    </message>
    <message>
        <source>All linear ones</source>
        <translation>Todas las lineales</translation>
    </message>
    <message>
        <source>Rank for convolutions</source>
        <translation>Rango en convoluciones</translation>
    </message>
    <message>
        <source>Alpha for convolutions</source>
        <translation>Alfa en convoluciones</translation>
    </message>
    <message>
        <source>Length apart from direction (DoRA)</source>
        <translation>Longitud y dirección aparte (DoRA)</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sí</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Rate of the second half (LoRA+)</source>
        <translation>Tasa de la segunda mitad (LoRA+)</translation>
    </message>
    <message>
        <source>Falling in a line</source>
        <translation>Decreciente en línea recta</translation>
    </message>
    <message>
        <source>Falling again and again</source>
        <translation>Decreciente una y otra vez</translation>
    </message>
    <message>
        <source>Falling by a power</source>
        <translation>Decreciente según potencia</translation>
    </message>
    <message>
        <source>Falling late</source>
        <translation>Decreciente al final</translation>
    </message>
    <message>
        <source>fp16, with scaled losses</source>
        <translation>fp16, con pérdidas escaladas</translation>
    </message>
    <message>
        <source>A new word for it</source>
        <translation>Una palabra nueva</translation>
    </message>
    <message>
        <source>Weights that don&apos;t learn in</source>
        <translation>Pesos que no aprenden, en</translation>
    </message>
    <message>
        <source>Weights that learn in</source>
        <translation>Pesos que aprenden, en</translation>
    </message>
    <message>
        <source>Ends after validations without a better one</source>
        <translation>Termina tras validaciones sin mejora</translation>
    </message>
    <message>
        <source>Ranks of parts of the picture part</source>
        <translation>Rangos por partes de la parte de imagen</translation>
    </message>
    <message>
        <source>Rates of parts of the picture part</source>
        <translation>Tasas por partes de la parte de imagen</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Pérdida</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Cuadrática</translation>
    </message>
    <message>
        <source>Huber</source>
        <translation>Huber</translation>
    </message>
    <message>
        <source>Smooth L1</source>
        <translation>Smooth L1</translation>
    </message>
    <message>
        <source>Course of Huber&apos;s bound</source>
        <translation>Evolución del límite de Huber</translation>
    </message>
    <message>
        <source>Exponential</source>
        <translation>Exponencial</translation>
    </message>
    <message>
        <source>By the noise</source>
        <translation>Según el ruido</translation>
    </message>
    <message>
        <source>Huber&apos;s bound</source>
        <translation>Límite de Huber</translation>
    </message>
    <message>
        <source>Min-SNR gamma</source>
        <translation>Gamma de Min-SNR</translation>
    </message>
    <message>
        <source>Debiased weights</source>
        <translation>Pesos sin sesgo</translation>
    </message>
    <message>
        <source>Noise levels drawn</source>
        <translation>Niveles de ruido elegidos</translation>
    </message>
    <message>
        <source>Each alike</source>
        <translation>Todos por igual</translation>
    </message>
    <message>
        <source>The middle more often</source>
        <translation>Más los intermedios</translation>
    </message>
    <message>
        <source>Evenly spread</source>
        <translation>Bien repartidos</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Optimizador</translation>
    </message>
    <message>
        <source>AdamW, 8 bit</source>
        <translation>AdamW, 8 bits</translation>
    </message>
    <message>
        <source>Adafactor sets its rate</source>
        <translation>Adafactor fija su tasa</translation>
    </message>
    <message>
        <source>Scale of Prodigy&apos;s rate</source>
        <translation>Escala de la tasa de Prodigy</translation>
    </message>
    <message>
        <source>Prodigy starts carefully</source>
        <translation>Prodigy empieza con cautela</translation>
    </message>
    <message>
        <source>Prodigy leaves the warm-up out</source>
        <translation>Prodigy omite el calentamiento</translation>
    </message>
    <message>
        <source>Average of the weights</source>
        <translation>Media de los pesos</translation>
    </message>
    <message>
        <source>Average warms up</source>
        <translation>La media se calienta</translation>
    </message>
    <message>
        <source>Average&apos;s warm-up begins</source>
        <translation>Inicio del calentamiento de la media</translation>
    </message>
    <message>
        <source>Power of the average&apos;s warm-up</source>
        <translation>Potencia del calentamiento de la media</translation>
    </message>
    <message>
        <source>Vectors of the new word</source>
        <translation>Vectores de la palabra nueva</translation>
    </message>
    <message>
        <source>The new word starts as</source>
        <translation>La palabra nueva empieza como</translation>
    </message>
    <message>
        <source>Learning rate of the new word</source>
        <translation>Tasa de aprendizaje de la palabra nueva</translation>
    </message>
    <message>
        <source>Weight decay of the new word</source>
        <translation>Decaimiento de la palabra nueva</translation>
    </message>
    <message>
        <source>Keep the new word&apos;s size</source>
        <translation>Mantener el tamaño de la palabra nueva</translation>
    </message>
    <message>
        <source>Save memory, take longer</source>
        <translation>Ahorrar memoria, tardar más</translation>
    </message>
</context>
<context>
    <name>likeness::PhotoPanel</name>
    <message>
        <source>Rotate</source>
        <translation>Girar</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Centrar</translation>
    </message>
    <message>
        <source>The square as it is trained</source>
        <translation>El recuadro tal como se entrena</translation>
    </message>
    <message>
        <source>The bright square is exactly what is trained.</source>
        <translation>El recuadro claro es exactamente lo que se entrena.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>A quarter turn clockwise (R)</source>
        <translation>Un cuarto de vuelta a la derecha (R)</translation>
    </message>
    <message>
        <source>The largest square, in the middle</source>
        <translation>El recuadro más grande, en el centro</translation>
    </message>
    <message>
        <source>Take it out of the project (Delete). Undo brings it back.</source>
        <translation>La saca del proyecto (Supr). Deshacer la recupera.</translation>
    </message>
    <message>
        <source>Photo %1</source>
        <translation>Foto %1</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>As it is trained, %1 × %2 pixels</source>
        <translation>Tal como se entrena, %1 × %2 píxeles</translation>
    </message>
    <message>
        <source>Widest</source>
        <translation>Máximo</translation>
    </message>
    <message>
        <source>Caption of the photo</source>
        <translation>Descripción de la foto</translation>
    </message>
    <message>
        <source>Caption, if you like: a photo of [V] dog on a rug</source>
        <translation>Descripción, si quieres: a photo of [V] dog on a rug</translation>
    </message>
    <message>
        <source>What changes from photo to photo: place, pose, light. [V] stands for the subject.</source>
        <translation>Lo que cambia de una foto a otra: lugar, pose, luz. [V] representa al sujeto.</translation>
    </message>
    <message>
        <source>Moves the square to what stands out in the photo (C)</source>
        <translation>Lleva el recuadro a lo que más destaca en la foto (C)</translation>
    </message>
    <message>
        <source>Show more of it</source>
        <translation>Mostrar más</translation>
    </message>
    <message>
        <source>Widen the square</source>
        <translation>Ampliar el recuadro</translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation>Elegir otra…</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>Quitarla</translation>
    </message>
</context>
<context>
    <name>likeness::PhotoTiles</name>
    <message>
        <source>Photo %1, %2: %3</source>
        <translation>Foto %1, %2: %3</translation>
    </message>
    <message>
        <source>Drop more here</source>
        <translation>Suelta más aquí</translation>
    </message>
    <message>
        <source>JPEG, HEIC, RAW, TIFF …</source>
        <translation>JPEG, HEIC, RAW, TIFF…</translation>
    </message>
    <message>
        <source>Or click to choose photos</source>
        <translation>O haz clic para elegir fotos</translation>
    </message>
    <message>
        <source>Choose more photos</source>
        <translation>Elegir más fotos</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>Bien</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Pequeña</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>Borrosa</translation>
    </message>
    <message>
        <source>Much is cut off</source>
        <translation>Queda mucho fuera</translation>
    </message>
    <message>
        <source>Much like another</source>
        <translation>Muy parecida a otra</translation>
    </message>
    <message>
        <source>Too small</source>
        <translation>Demasiado pequeña</translation>
    </message>
    <message>
        <source>Can&apos;t be read</source>
        <translation>No se puede leer</translation>
    </message>
    <message>
        <source>Won&apos;t work</source>
        <translation>No sirve</translation>
    </message>
    <message>
        <source>Look at this</source>
        <translation>Mira esto</translation>
    </message>
    <message>
        <source>Looking at it …</source>
        <translation>Mirándola…</translation>
    </message>
</context>
<context>
    <name>likeness::PictureLibrary</name>
    <message numerus="yes">
        <source>%n pictures</source>
        <translation>
            <numerusform>%n imagen</numerusform>
            <numerusform>%n imágenes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved %n pictures to the project’s removed ones.</source>
        <translation>
            <numerusform>Se movió %n imagen a las quitadas del proyecto.</numerusform>
            <numerusform>Se movieron %n imágenes a las quitadas del proyecto.</numerusform>
        </translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favoritas</translation>
    </message>
    <message>
        <source>Favourite (F)</source>
        <translation>Favorita (F)</translation>
    </message>
    <message>
        <source>Compare two (C)</source>
        <translation>Comparar dos (C)</translation>
    </message>
    <message>
        <source>Copy (Ctrl+C)</source>
        <translation>Copiar (Ctrl+C)</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>Abrir su carpeta</translation>
    </message>
    <message>
        <source>Remove (Delete)</source>
        <translation>Quitar (Supr)</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>Usar estos ajustes</translation>
    </message>
    <message>
        <source>Start from this picture</source>
        <translation>Partir de esta imagen</translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>Todas las imágenes</translation>
    </message>
    <message>
        <source>Two pictures, compared with a slider</source>
        <translation>Dos imágenes, comparadas con un deslizador</translation>
    </message>
    <message>
        <source>Search prompts</source>
        <translation>Buscar en los prompts</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Limpiar la búsqueda</translation>
    </message>
    <message>
        <source>The chosen picture</source>
        <translation>La imagen elegida</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>No pictures yet.</source>
        <translation>Todavía no hay imágenes.</translation>
    </message>
    <message>
        <source>No favourites here. The star, or F, makes one.</source>
        <translation>Aquí no hay favoritas. Se marcan con la estrella o con F.</translation>
    </message>
    <message>
        <source>No prompt has these words.</source>
        <translation>Ningún prompt tiene esas palabras.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
</context>
<context>
    <name>likeness::PictureStage</name>
    <message>
        <source>Base model · seed %1</source>
        <translation>Modelo base · semilla %1</translation>
    </message>
    <message>
        <source>Without [V] · seed %1</source>
        <translation>Sin [V] · semilla %1</translation>
    </message>
    <message>
        <source>Seed %1</source>
        <translation>Semilla %1</translation>
    </message>
    <message>
        <source>With %1 · seed %2</source>
        <translation>Con %1 · semilla %2</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>Usar estos ajustes</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>Copiar la imagen</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>Abrir su carpeta</translation>
    </message>
    <message>
        <source>Takes over prompt, seed and settings of this picture</source>
        <translation>Toma el prompt, la semilla y los ajustes de esta imagen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Start from this</source>
        <translation>Partir de esta</translation>
    </message>
    <message>
        <source>Makes the next pictures from this one, in part or as a whole</source>
        <translation>Crea las próximas imágenes a partir de esta, en parte o entera</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Paso %1 de %2</translation>
    </message>
    <message>
        <source>Before · %1</source>
        <translation>Antes · %1</translation>
    </message>
    <message>
        <source>The base model’s picture, to compare with</source>
        <translation>La imagen del modelo base, para comparar</translation>
    </message>
    <message>
        <source>A rough look; it sharpens towards the end</source>
        <translation>Un primer vistazo; se va definiendo hacia el final</translation>
    </message>
</context>
<context>
    <name>likeness::PreviewStrip</name>
    <message>
        <source>Previews by step</source>
        <translation>Vistas previas por paso</translation>
    </message>
    <message>
        <source>Which preview prompt</source>
        <translation>Qué prompt de vista previa</translation>
    </message>
</context>
<context>
    <name>likeness::PreviewTile</name>
    <message>
        <source>Preview at step %1, the best checkpoint</source>
        <translation>Vista previa en el paso %1, el mejor checkpoint</translation>
    </message>
    <message>
        <source>Preview at step %1</source>
        <translation>Vista previa en el paso %1</translation>
    </message>
</context>
<context>
    <name>likeness::PriorSheet</name>
    <message>
        <source>Prior images</source>
        <translation>Imágenes de clase</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rechazada</translation>
    </message>
    <message>
        <source>Prior image %1, %2</source>
        <translation>Imagen de clase %1, %2</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>conservada</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>rechazada</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Conservada</translation>
    </message>
    <message>
        <source>%1 · %2 · K keep, R reject, arrows for others, Esc back</source>
        <translation>%1 · %2 · K conserva, R rechaza, las flechas pasan a otras, Esc vuelve</translation>
    </message>
</context>
<context>
    <name>likeness::PriorsPage</name>
    <message>
        <source>Prior images</source>
        <translation>Imágenes de clase</translation>
    </message>
    <message>
        <source>Continue to training</source>
        <translation>Seguir con el entrenamiento</translation>
    </message>
    <message>
        <source>Photos of other subjects of the same kind, from a folder of yours</source>
        <translation>Fotos de otros sujetos del mismo tipo, de una carpeta tuya</translation>
    </message>
    <message>
        <source>K keep · R reject · Enter look</source>
        <translation>K conserva · R rechaza · Intro amplía</translation>
    </message>
    <message>
        <source>How many prior images there should be. One or two hundred is plenty.</source>
        <translation>Cuántas imágenes de clase debe haber. Con cien o doscientas sobra.</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Cuántas</translation>
    </message>
    <message>
        <source>A folder of other subjects of the same kind</source>
        <translation>Una carpeta con otros sujetos del mismo tipo</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message numerus="yes">
        <source>%n of your own</source>
        <translation>
            <numerusform>%n tuya</numerusform>
            <numerusform>%n tuyas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kept</source>
        <translation>
            <numerusform>%n conservada</numerusform>
            <numerusform>%n conservadas</numerusform>
        </translation>
    </message>
    <message>
        <source>subject</source>
        <translation>sujeto</translation>
    </message>
    <message>
        <source>What other %1 look like</source>
        <translation>Cómo son otros %1</translation>
    </message>
    <message>
        <source>From your folder %1. Without them every %2 becomes your %2.</source>
        <translation>De tu carpeta %1. Sin ellas, cualquier %2 se convierte en tu %2.</translation>
    </message>
    <message>
        <source>Made by the base model from “a photo of %1”. Without them every %2 becomes your %2.</source>
        <translation>Creadas por el modelo base con “a photo of %1”. Sin ellas, cualquier %2 se convierte en tu %2.</translation>
    </message>
    <message>
        <source>No prior images yet</source>
        <translation>Aún no hay imágenes de clase</translation>
    </message>
    <message>
        <source>Reused %1, making %2</source>
        <translation>Reutilizadas: %1, creando %2</translation>
    </message>
    <message>
        <source>Making %1</source>
        <translation>Creando %1</translation>
    </message>
    <message>
        <source>%1 kept, %2 rejected</source>
        <translation>Conservadas: %1, rechazadas: %2</translation>
    </message>
    <message numerus="yes">
        <source>Replace the %n rejected</source>
        <translation>
            <numerusform>Reemplazar %n rechazada</numerusform>
            <numerusform>Reemplazar %n rechazadas</numerusform>
        </translation>
    </message>
    <message>
        <source>Make them instead</source>
        <translation>Mejor crearlas</translation>
    </message>
    <message>
        <source>Use a folder of mine…</source>
        <translation>Usar una carpeta mía…</translation>
    </message>
    <message numerus="yes">
        <source>Make %n image(s)</source>
        <translation>
            <numerusform>Crear %n imagen</numerusform>
            <numerusform>Crear %n imágenes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Make %n more</source>
        <translation>
            <numerusform>Crear %n más</numerusform>
            <numerusform>Crear %n más</numerusform>
        </translation>
    </message>
    <message>
        <source>The base model paints other %1, so that training keeps them in mind. Look through them and reject the bad ones.</source>
        <translation>El modelo base pinta otros %1 para que el entrenamiento no los olvide. Revisa las imágenes y rechaza las malas.</translation>
    </message>
</context>
<context>
    <name>likeness::PromptBar</name>
    <message>
        <source>Add [V]</source>
        <translation>Añadir [V]</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>What the picture should show; [V] stands for your subject</source>
        <translation>Lo que debe mostrar la imagen; [V] representa a tu sujeto</translation>
    </message>
    <message>
        <source>Say what the picture should show; [V] stands for your subject</source>
        <translation>Di qué debe mostrar la imagen; [V] representa a tu sujeto</translation>
    </message>
    <message>
        <source>Fills in a prompt; press again for another</source>
        <translation>Propone un prompt; pulsa otra vez para ver otro</translation>
    </message>
    <message>
        <source>blurry, text</source>
        <translation>blurry, text</translation>
    </message>
    <message>
        <source>Not wanted</source>
        <translation>No deseado</translation>
    </message>
    <message>
        <source>Make %1</source>
        <translation>Crear %1</translation>
    </message>
    <message>
        <source>Without your subject</source>
        <translation>Sin tu sujeto</translation>
    </message>
    <message>
        <source>Without %1</source>
        <translation>Sin %1</translation>
    </message>
    <message>
        <source>Start from a picture</source>
        <translation>Partir de una imagen</translation>
    </message>
    <message>
        <source>Can’t be read</source>
        <translation>No se puede leer</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>How much of the prompt’s room is used, in pieces of words. Beyond %1 the model reads it in several parts, and single words count less.</source>
        <translation>Cuánto del espacio del prompt se usa, en trozos de palabras. A partir de %1, el modelo lo lee en varias partes y cada palabra cuenta menos.</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>Crear</translation>
    </message>
</context>
<context>
    <name>likeness::Recipe</name>
    <message>
        <source>seed %1</source>
        <translation>semilla %1</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 pasos</translation>
    </message>
    <message>
        <source>guidance %1</source>
        <translation>guía %1</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>learnt for %1 steps</source>
        <translation>aprendido durante %1 pasos</translation>
    </message>
    <message>
        <source>base model</source>
        <translation>modelo base</translation>
    </message>
    <message>
        <source>Not wanted: %1</source>
        <translation>No deseado: %1</translation>
    </message>
</context>
<context>
    <name>likeness::RemovePhotosCommand</name>
    <message numerus="yes">
        <source>Remove %n photo(s)</source>
        <translation>
            <numerusform>Quitar %n foto</numerusform>
            <numerusform>Quitar %n fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ResultCard</name>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Abrir la carpeta</translation>
    </message>
    <message>
        <source>Copy how to use it</source>
        <translation>Copiar cómo se usa</translation>
    </message>
    <message>
        <source>Copy the prompt</source>
        <translation>Copiar el prompt</translation>
    </message>
    <message>
        <source>A prompt to try:</source>
        <translation>Un prompt para probar:</translation>
    </message>
    <message>
        <source>✓ Written to %1</source>
        <translation>✓ Escrito en %1</translation>
    </message>
    <message>
        <source>How to use it in %1</source>
        <translation>Cómo usarlo en %1</translation>
    </message>
</context>
<context>
    <name>likeness::RunLength</name>
    <message>
        <source>Quick</source>
        <translation>Rápido</translation>
    </message>
    <message>
        <source>Balanced, recommended</source>
        <translation>Equilibrado, recomendado</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>A fondo</translation>
    </message>
    <message>
        <source>As you set it</source>
        <translation>A tu manera</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 pasos</translation>
    </message>
</context>
<context>
    <name>likeness::SampleSettings</name>
    <message>
        <source>With a before picture</source>
        <translation>Con imagen de antes</translation>
    </message>
    <message>
        <source>How often the picture is refined; 20 to 30 is plenty</source>
        <translation>Cuántas veces se refina la imagen; con 20 o 30 basta</translation>
    </message>
    <message>
        <source>How closely it follows the prompt; too much looks harsh</source>
        <translation>Cuánto se ciñe al prompt; en exceso se ve dura</translation>
    </message>
    <message>
        <source>Also lets the base model make each picture from the same seed; takes twice as long</source>
        <translation>El modelo base también crea cada imagen con la misma semilla; tarda el doble</translation>
    </message>
    <message>
        <source>Makes the class alone, without your subject: it should not look like your subject</source>
        <translation>Crea solo la clase, sin tu sujeto: no debería parecerse a tu sujeto</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Imágenes</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semilla</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pasos</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Guía</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>As learnt at</source>
        <translation>Aprendido hasta</translation>
    </message>
    <message>
        <source>Leak test: “%1”</source>
        <translation>Prueba de fuga: “%1”</translation>
    </message>
    <message>
        <source>The model&apos;s</source>
        <translation>El del modelo</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>The best step</source>
        <translation>El mejor paso</translation>
    </message>
    <message>
        <source>The last step</source>
        <translation>El último paso</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Paso %1</translation>
    </message>
    <message>
        <source>Nothing: the base model</source>
        <translation>Nada: el modelo base</translation>
    </message>
    <message>
        <source>Which noise levels the steps go through; Automatic is what the model was made with</source>
        <translation>Por qué niveles de ruido pasan los pasos; “Automatic” es con lo que se hizo el modelo</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Scheduler</translation>
    </message>
    <message>
        <source>Compare settings in a grid</source>
        <translation>Comparar ajustes en cuadrícula</translation>
    </message>
    <message>
        <source>Makes a table of pictures in which one or two settings change</source>
        <translation>Crea una tabla de imágenes en la que cambian uno o dos ajustes</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>La imagen</translation>
    </message>
    <message>
        <source>How it is made</source>
        <translation>Cómo se hace</translation>
    </message>
    <message>
        <source>What was learnt</source>
        <translation>Lo aprendido</translation>
    </message>
    <message>
        <source>%1 steps · guidance %2 · %3</source>
        <translation>%1 pasos · guía %2 · %3</translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation>Menos ajustes</translation>
    </message>
    <message>
        <source>Steps, guidance, sampler and schedule</source>
        <translation>Pasos, guía, sampler y scheduler</translation>
    </message>
    <message>
        <source>As the picture that it starts from</source>
        <translation>Como la imagen de la que parte</translation>
    </message>
</context>
<context>
    <name>likeness::SeedField</name>
    <message>
        <source>Throw a new seed</source>
        <translation>Sacar otra semilla</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semilla</translation>
    </message>
    <message>
        <source>The seed stays; press for a new one every time</source>
        <translation>La semilla se queda; pulsa para que sea nueva cada vez</translation>
    </message>
    <message>
        <source>A new seed every time; press to keep this one</source>
        <translation>Una semilla nueva cada vez; pulsa para conservar esta</translation>
    </message>
</context>
<context>
    <name>likeness::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Helper</source>
        <translation>Ayudante</translation>
    </message>
    <message>
        <source>Log and report…</source>
        <translation>Registro e informe…</translation>
    </message>
    <message>
        <source>Look and language</source>
        <translation>Aspecto e idioma</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Changes when Likeness starts the next time.</source>
        <translation>Cambia la próxima vez que se inicie Likeness.</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>Cálculo</translation>
    </message>
    <message>
        <source>One for each core</source>
        <translation>Uno por núcleo</translation>
    </message>
    <message numerus="yes">
        <source>CPU, %n core(s)</source>
        <translation>
            <numerusform>CPU, %n núcleo</numerusform>
            <numerusform>CPU, %n núcleos</numerusform>
        </translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Hilos</translation>
    </message>
    <message>
        <source>Fewer leave room for other programs. Changes when Likeness starts the next time.</source>
        <translation>Con menos queda sitio para otros programas. Cambia la próxima vez que se inicie Likeness.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Carpetas</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Use the usual one</source>
        <translation>Usar la habitual</translation>
    </message>
    <message>
        <source>Where new projects go</source>
        <translation>Dónde van los proyectos nuevos</translation>
    </message>
    <message>
        <source>New projects go to</source>
        <translation>Los proyectos nuevos van a</translation>
    </message>
</context>
<context>
    <name>likeness::SourceStrip</name>
    <message>
        <source>Paint where</source>
        <translation>Pintar dónde</translation>
    </message>
    <message>
        <source>Paint over the part that should change; the rest stays as it is</source>
        <translation>Pinta sobre la parte que debe cambiar; el resto se queda como está</translation>
    </message>
    <message>
        <source>Start from nothing again</source>
        <translation>Volver a partir de cero</translation>
    </message>
    <message>
        <source>How much changes</source>
        <translation>Cuánto cambia</translation>
    </message>
    <message>
        <source>Changes the painted part of %1</source>
        <translation>Cambia la parte pintada de %1</translation>
    </message>
    <message>
        <source>Starts from %1</source>
        <translation>Parte de %1</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Nearly all of it stays</source>
        <translation>Se queda casi todo</translation>
    </message>
    <message>
        <source>Its shapes stay, details change</source>
        <translation>Se quedan sus formas, cambian los detalles</translation>
    </message>
    <message>
        <source>Its layout stays, the rest is new</source>
        <translation>Se queda su composición, lo demás es nuevo</translation>
    </message>
    <message>
        <source>Hardly anything of it stays</source>
        <translation>No se queda casi nada</translation>
    </message>
</context>
<context>
    <name>likeness::Stage</name>
    <message>
        <source>Opening the model</source>
        <translation>Abriendo el modelo</translation>
    </message>
    <message>
        <source>Reading photos</source>
        <translation>Leyendo las fotos</translation>
    </message>
    <message>
        <source>Making prior images</source>
        <translation>Creando imágenes de clase</translation>
    </message>
    <message>
        <source>Encoding pictures</source>
        <translation>Codificando imágenes</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Entrenamiento</translation>
    </message>
    <message>
        <source>Making pictures</source>
        <translation>Creando imágenes</translation>
    </message>
    <message>
        <source>Writing the model</source>
        <translation>Escribiendo el modelo</translation>
    </message>
</context>
<context>
    <name>likeness::StageWords</name>
    <message>
        <source>Without class images.</source>
        <translation>Sin imágenes de clase.</translation>
    </message>
    <message>
        <source>With class images from your own folder.</source>
        <translation>Con imágenes de clase de tu propia carpeta.</translation>
    </message>
    <message>
        <source>%1 class images are made first.</source>
        <translation>Antes se crean %1 imágenes de clase.</translation>
    </message>
    <message>
        <source>With %1 class images.</source>
        <translation>Con %1 imágenes de clase.</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>Preparando</translation>
    </message>
    <message>
        <source>The first values come in a moment.</source>
        <translation>Los primeros valores llegan en un momento.</translation>
    </message>
    <message>
        <source>Nothing learnt yet</source>
        <translation>Aún no se ha aprendido nada</translation>
    </message>
    <message>
        <source>Once it learns, this shows how well: falling curves, and small pictures of your subject on the way.</source>
        <translation>En cuanto aprenda, aquí verás lo bien que lo hace: curvas que bajan y, por el camino, pequeñas imágenes de tu sujeto.</translation>
    </message>
    <message>
        <source>It needs photos of your subject first.</source>
        <translation>Primero necesita fotos de tu sujeto.</translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation>Añadir fotos</translation>
    </message>
    <message>
        <source>Start learning</source>
        <translation>Empezar a aprender</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>It starts when the job before it is done.</source>
        <translation>Empieza cuando acabe la tarea anterior.</translation>
    </message>
    <message>
        <source>Starts when the job before it is done.</source>
        <translation>Empieza cuando acabe la tarea anterior.</translation>
    </message>
    <message>
        <source>Don&apos;t start</source>
        <translation>No empezar</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Go on whenever you like.</source>
        <translation>Sigue cuando quieras.</translation>
    </message>
    <message>
        <source>Paused at step %1. Nothing is lost.</source>
        <translation>En pausa en el paso %1. No se pierde nada.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Deteniendo</translation>
    </message>
    <message>
        <source>It saves what was learnt.</source>
        <translation>Está guardando lo aprendido.</translation>
    </message>
    <message>
        <source>It stopped before the end, and can go on exactly as if it had not.</source>
        <translation>Se detuvo antes del final y puede seguir exactamente como si no lo hubiera hecho.</translation>
    </message>
    <message>
        <source>Go on from step %1</source>
        <translation>Seguir desde el paso %1</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>Empezar de nuevo</translation>
    </message>
    <message>
        <source>Learnt. See what it can do, or learn once more.</source>
        <translation>Aprendido. Mira lo que sabe hacer, o que aprenda otra vez.</translation>
    </message>
    <message>
        <source>Make pictures</source>
        <translation>Crear imágenes</translation>
    </message>
    <message>
        <source>Learn again</source>
        <translation>Aprender otra vez</translation>
    </message>
    <message>
        <source>The last run ended before it could be saved.</source>
        <translation>El último entrenamiento terminó antes de poder guardarse.</translation>
    </message>
    <message>
        <source>One class image is made first.</source>
        <translation>Antes se crea una imagen de clase.</translation>
    </message>
</context>
<context>
    <name>likeness::StartMenu</name>
    <message>
        <source>The picture that is shown</source>
        <translation>La imagen que se muestra</translation>
    </message>
    <message>
        <source>A photo of the subject</source>
        <translation>Una foto del sujeto</translation>
    </message>
    <message>
        <source>A file …</source>
        <translation>Un archivo…</translation>
    </message>
    <message>
        <source>Start from a picture</source>
        <translation>Partir de una imagen</translation>
    </message>
</context>
<context>
    <name>likeness::StartPage</name>
    <message>
        <source>Drop three to five photos of one subject</source>
        <translation>Suelta de tres a cinco fotos de un mismo sujeto</translation>
    </message>
    <message>
        <source>A pet, a person, a thing you made. Likeness learns what it looks like and then makes new pictures of it. Your photos stay on this computer, untouched.</source>
        <translation>Una mascota, una persona, algo que hiciste tú. Likeness aprende su aspecto y luego crea imágenes nuevas. Tus fotos se quedan en este equipo, intactas.</translation>
    </message>
    <message>
        <source>Choose photos…</source>
        <translation>Elegir fotos…</translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation>Abrir un proyecto…</translation>
    </message>
    <message>
        <source>Choose photos of one subject</source>
        <translation>Elegir fotos de un mismo sujeto</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Proyectos recientes</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Abrir %1</translation>
    </message>
    <message>
        <source>See it happen with a demo dog</source>
        <translation>Verlo en acción con un perro de demo</translation>
    </message>
    <message>
        <source>Makes a project, trains it with the built-in model and makes pictures: a few minutes</source>
        <translation>Crea un proyecto, lo entrena con el modelo integrado y crea imágenes: unos minutos</translation>
    </message>
    <message>
        <source>Show me around</source>
        <translation>Hacer un recorrido</translation>
    </message>
    <message>
        <source>Go on with</source>
        <translation>Seguir con</translation>
    </message>
</context>
<context>
    <name>likeness::Starter</name>
    <message>
        <source>Portrait</source>
        <translation>Retrato</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Producto</translation>
    </message>
    <message>
        <source>Pet</source>
        <translation>Mascota</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Lugar</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Estilo</translation>
    </message>
</context>
<context>
    <name>likeness::StepButton</name>
    <message>
        <source>Step %1: %2</source>
        <translation>Paso %1: %2</translation>
    </message>
    <message>
        <source>done</source>
        <translation>hecho</translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation>%1 (Ctrl+%2)</translation>
    </message>
</context>
<context>
    <name>likeness::StepRail</name>
    <message>
        <source>Steps</source>
        <translation>Pasos</translation>
    </message>
</context>
<context>
    <name>likeness::SubjectCommand</name>
    <message>
        <source>Change the words</source>
        <translation>Cambiar las palabras</translation>
    </message>
</context>
<context>
    <name>likeness::SubjectFields</name>
    <message>
        <source>An everyday word that the base model knows.</source>
        <translation>Una palabra corriente que el modelo base conoce.</translation>
    </message>
    <message>
        <source>A rare word that means nothing yet, so that it can come to mean your subject alone</source>
        <translation>Una palabra rara que aún no significa nada, para que llegue a significar solo tu sujeto</translation>
    </message>
    <message>
        <source>It is a</source>
        <translation>Es un/una</translation>
    </message>
    <message>
        <source>Call it</source>
        <translation>Llámalo</translation>
    </message>
    <message>
        <source>One rare token, written as</source>
        <extracomment>The sentence goes on with the chip [V] and &quot;in prompts.&quot;</extracomment>
        <translation>Un token poco común, que se escribe</translation>
    </message>
    <message>
        <source>in prompts.</source>
        <translation>en los prompts.</translation>
    </message>
</context>
<context>
    <name>likeness::SubjectPage</name>
    <message>
        <source>Subject</source>
        <translation>Sujeto</translation>
    </message>
    <message>
        <source>Continue to prior images</source>
        <translation>Seguir con las imágenes de clase</translation>
    </message>
    <message>
        <source>Who or what should be learnt?</source>
        <translation>¿A quién o qué hay que aprender?</translation>
    </message>
    <message>
        <source>Three to five photos from different sides, in different light. Originals stay untouched.</source>
        <translation>De tres a cinco fotos, desde distintos lados y con distinta luz. Los originales quedan intactos.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Photos of the subject</source>
        <translation>Fotos del sujeto</translation>
    </message>
    <message>
        <source>No photos yet</source>
        <translation>Aún no hay fotos</translation>
    </message>
    <message>
        <source>Drop photos or a folder anywhere on this window.</source>
        <translation>Suelta fotos o una carpeta en cualquier parte de esta ventana.</translation>
    </message>
    <message>
        <source>Choose photos…</source>
        <translation>Elegir fotos…</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n foto</numerusform>
            <numerusform>%n fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) of %1</source>
        <translation>
            <numerusform>%n foto de %1</numerusform>
            <numerusform>%n fotos de %1</numerusform>
        </translation>
    </message>
    <message>
        <source>A few more photos would help: one pose is easily learnt by heart.</source>
        <translation>Unas fotos más ayudarían: una sola pose se aprende fácilmente de memoria.</translation>
    </message>
    <message>
        <source>Many photos are fine, but the best five usually teach as much.</source>
        <translation>Está bien tener muchas fotos, pero las cinco mejores suelen enseñar lo mismo.</translation>
    </message>
    <message>
        <source>Choose photos of one subject</source>
        <translation>Elegir fotos de un mismo sujeto</translation>
    </message>
    <message>
        <source>Train with the captions</source>
        <translation>Entrenar con las descripciones</translation>
    </message>
    <message>
        <source>Each photo is shown under its own words in place of &quot;a photo of&quot; and the subject</source>
        <translation>Cada foto se muestra con sus propias palabras en lugar de “a photo of” y el sujeto</translation>
    </message>
    <message>
        <source>Ask the helper…</source>
        <translation>Preguntar al ayudante…</translation>
    </message>
    <message>
        <source>Your own server describes photos, suggests words, answers questions</source>
        <translation>Tu propio servidor describe fotos, sugiere palabras y responde preguntas</translation>
    </message>
    <message>
        <source>Centre all</source>
        <translation>Centrar todas</translation>
    </message>
    <message>
        <source>Moves each photo&apos;s square to what stands out in it</source>
        <translation>Lleva el recuadro de cada foto a lo que más destaca en ella</translation>
    </message>
    <message>
        <source>Nothing stands out more than where the square is already.</source>
        <translation>Nada destaca más que lo que ya está en el recuadro.</translation>
    </message>
    <message>
        <source>The helper is off. Give the address of a server of your own in the settings.</source>
        <translation>El ayudante está apagado. Indica en los ajustes la dirección de un servidor tuyo.</translation>
    </message>
</context>
<context>
    <name>likeness::TokenField</name>
    <message>
        <source>It needs a name, for example sks.</source>
        <translation>Necesita un nombre, por ejemplo sks.</translation>
    </message>
    <message>
        <source>Use one word of letters and digits, for example sks.</source>
        <translation>Usa una sola palabra de letras y cifras, por ejemplo sks.</translation>
    </message>
    <message>
        <source>Shorter is better: long words fall apart into pieces that already mean something.</source>
        <translation>Más corta es mejor: las palabras largas se parten en trozos que ya significan algo.</translation>
    </message>
</context>
<context>
    <name>likeness::Tour</name>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>A look around</source>
        <translation>Un recorrido</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Omitir</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Muéstralo</translation>
    </message>
    <message>
        <source>Drop a few photos of your pet, a person or a thing. Choose the square that is learnt, and say what it is.</source>
        <translation>Suelta unas fotos de tu mascota, de una persona o de una cosa. Elige el recuadro que se aprende y di qué es.</translation>
    </message>
    <message>
        <source>Keep the rest</source>
        <translation>Conserva lo demás</translation>
    </message>
    <message>
        <source>Likeness makes pictures of other such things, so that every dog doesn&apos;t become yours. Reject the bad ones.</source>
        <translation>Likeness crea imágenes de otros de su clase, para que no todos los perros se conviertan en el tuyo. Rechaza las malas.</translation>
    </message>
    <message>
        <source>Let it learn</source>
        <translation>Deja que aprenda</translation>
    </message>
    <message>
        <source>Choose how thorough. You see previews on the way, can pause, and keep the best moment.</source>
        <translation>Elige cuánto profundizar. Por el camino ves vistas previas, puedes pausar y quedarte con el mejor momento.</translation>
    </message>
    <message>
        <source>Make pictures</source>
        <translation>Crea imágenes</translation>
    </message>
    <message>
        <source>Write where your subject is and what it does; [V] stands for it. Change words, light, style, seed.</source>
        <translation>Escribe dónde está tu sujeto y qué hace; [V] lo representa. Cambia palabras, luz, estilo, semilla.</translation>
    </message>
    <message>
        <source>Take it along</source>
        <translation>Llévatelo</translation>
    </message>
    <message>
        <source>Write it out for the program that you use: ComfyUI, AUTOMATIC1111, InvokeAI or diffusers.</source>
        <translation>Expórtalo para el programa que usas: ComfyUI, AUTOMATIC1111, InvokeAI o diffusers.</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Paso %1 de %2</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Listo</translation>
    </message>
</context>
<context>
    <name>likeness::TrainingPage</name>
    <message>
        <source>Training</source>
        <translation>Entrenamiento</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>paso %1 de %2</translation>
    </message>
    <message>
        <source>Learning your subject</source>
        <translation>Aprendiendo tu sujeto</translation>
    </message>
    <message>
        <source>Step %1 · %2</source>
        <translation>Paso %1 · %2</translation>
    </message>
    <message>
        <source>Learning %1</source>
        <translation>Aprendiendo %1</translation>
    </message>
    <message>
        <source>waits for its turn</source>
        <translation>espera su turno</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>empezando</translation>
    </message>
    <message>
        <source>paused at step %1</source>
        <translation>en pausa en el paso %1</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>deteniendo</translation>
    </message>
    <message>
        <source>stopped at step %1</source>
        <translation>detenido en el paso %1</translation>
    </message>
    <message>
        <source>%1 steps learnt</source>
        <translation>%1 pasos aprendidos</translation>
    </message>
    <message>
        <source>Since step %1 it learns the photos by heart. The best checkpoint is kept; you may stop here.</source>
        <translation>Desde el paso %1 aprende las fotos de memoria. Se conserva el mejor checkpoint; puedes parar aquí.</translation>
    </message>
</context>
<context>
    <name>likeness::WarningCard</name>
    <message>
        <source>Validation has stopped falling</source>
        <translation>La validación ha dejado de bajar</translation>
    </message>
    <message>
        <source>Good to know</source>
        <translation>Conviene saberlo</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Teaches Stable Diffusion one subject from a few photos and makes pictures of it.</source>
        <translation>Enseña a Stable Diffusion un sujeto con unas pocas fotos y crea imágenes de él.</translation>
    </message>
    <message>
        <source>The project to open.</source>
        <translation>El proyecto que se abre.</translation>
    </message>
    <message>
        <source>Threads for computing; 0: one a core.</source>
        <translation>Hilos de cálculo; 0: uno por núcleo.</translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>likeness::AddPhotosCommand</name>
    <message>
        <source>Add photos</source>
        <translation>Adicionar fotos</translation>
    </message>
</context>
<context>
    <name>likeness::BeforeAfter</name>
    <message>
        <source>The picture, and what the base model made of the same seed</source>
        <translation>A imagem e o que o modelo base fez com a mesma seed</translation>
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
        <translation>Mudar a legenda</translation>
    </message>
</context>
<context>
    <name>likeness::CentreCommand</name>
    <message>
        <source>Centre on the subject</source>
        <translation>Centralizar no assunto</translation>
    </message>
</context>
<context>
    <name>likeness::ChartCard</name>
    <message>
        <source>Instance</source>
        <translation>Instância</translation>
    </message>
    <message>
        <source>Prior</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validação</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Taxa</translation>
    </message>
    <message>
        <source>Show or hide the learning rate, on an axis of its own</source>
        <translation>Mostra ou oculta a taxa de aprendizado, em um eixo próprio</translation>
    </message>
    <message>
        <source>How much the thick lines are smoothed; the faint ones are what was measured</source>
        <translation>Quanto as linhas grossas são suavizadas; as claras são o que foi medido</translation>
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
        <translation>Salva o gráfico como imagem, PDF ou tabela</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>Salvar o gráfico</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Imagem (*.png)</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Table of all values (*.csv)</source>
        <translation>Tabela com todos os valores (*.csv)</translation>
    </message>
</context>
<context>
    <name>likeness::ChartReadout</name>
    <message>
        <source>measured %1</source>
        <translation>medido: %1</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Passo %1</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>Instância</translation>
    </message>
    <message>
        <source>Prior</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validação</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Taxa de aprendizado</translation>
    </message>
</context>
<context>
    <name>likeness::ComposePage</name>
    <message>
        <source>Compose</source>
        <translation>Criar</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Anteriores</translation>
    </message>
    <message>
        <source>Make pictures</source>
        <translation>Criar imagens</translation>
    </message>
    <message>
        <source>Pictures of this batch</source>
        <translation>Imagens desta leva</translation>
    </message>
    <message>
        <source>Pictures made earlier</source>
        <translation>Imagens criadas antes</translation>
    </message>
    <message>
        <source>Nothing is learnt yet, so pictures come from the base model.</source>
        <translation>Nada foi aprendido ainda, então as imagens vêm do modelo base.</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 imagem</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures</source>
        <translation>
            <numerusform>%n imagem</numerusform>
            <numerusform>%n imagens</numerusform>
        </translation>
    </message>
    <message>
        <source>Search, star, compare and remove pictures (Ctrl+L)</source>
        <translation>Busque, favorite, compare e remova imagens (Ctrl+L)</translation>
    </message>
    <message>
        <source>Your pictures appear here. Drop one to start from it, or to get its recipe back.</source>
        <translation>Suas imagens aparecem aqui. Solte uma para partir dela ou para recuperar a receita.</translation>
    </message>
    <message>
        <source>The mask can’t be written to %1. Free some space there, or allow writing.</source>
        <translation>Não foi possível gravar a máscara em %1. Libere espaço ou permita a gravação nesse local.</translation>
    </message>
    <message>
        <source>Any %1 is fine: the word still means all of them. If these look like %2, it was overwritten; train with more prior images, or fewer steps.</source>
        <translation>Qualquer %1 serve: a palavra ainda vale para todos. Se estes se parecem com %2, ela foi sobrescrita; treine com mais imagens de classe ou menos passos.</translation>
    </message>
    <message>
        <source>subject</source>
        <translation>assunto</translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>Todas as imagens</translation>
    </message>
    <message>
        <source>All pictures · %1</source>
        <translation>Todas as imagens · %1</translation>
    </message>
    <message>
        <source>%1 carries no recipe.</source>
        <translation>%1 não traz nenhuma receita.</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>Usar estes ajustes</translation>
    </message>
    <message>
        <source>Start from this picture</source>
        <translation>Partir desta imagem</translation>
    </message>
    <message>
        <source>Paint where it should change</source>
        <translation>Pintar onde deve mudar</translation>
    </message>
    <message>
        <source>No favourite any more</source>
        <translation>Tirar dos favoritos</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorita</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>Copiar a imagem</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>Abrir a pasta</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Use its settings</source>
        <translation>Usar os ajustes dela</translation>
    </message>
    <message>
        <source>Use its settings: it carries none</source>
        <translation>Usar os ajustes dela: não traz nenhum</translation>
    </message>
    <message>
        <source>Add it to the photos of %1</source>
        <translation>Adicionar às fotos de %1</translation>
    </message>
    <message>
        <source>“%1”, seed %2</source>
        <translation>“%1”, seed %2</translation>
    </message>
    <message>
        <source>%1 can’t be read as a picture. Choose another one.</source>
        <translation>Não foi possível ler %1 como imagem. Escolha outra.</translation>
    </message>
</context>
<context>
    <name>likeness::CropCommand</name>
    <message>
        <source>Change the square</source>
        <translation>Mudar o quadrado</translation>
    </message>
</context>
<context>
    <name>likeness::CropEditor</name>
    <message>
        <source>Square that is trained</source>
        <translation>Quadrado que é treinado</translation>
    </message>
    <message>
        <source>Arrow keys move it, plus and minus change its size, R turns the photo, C moves it to what stands out</source>
        <translation>As setas movem o quadrado, mais e menos mudam o tamanho, R gira a foto, C leva o quadrado ao que se destaca</translation>
    </message>
</context>
<context>
    <name>likeness::CurveKey</name>
    <message>
        <source>Show or hide this curve</source>
        <translation>Mostrar ou ocultar esta curva</translation>
    </message>
</context>
<context>
    <name>likeness::Demo</name>
    <message>
        <source>The demo&apos;s photos can&apos;t be written to %1. Make room there.</source>
        <translation>Não foi possível gravar as fotos da demo em %1. Libere espaço nesse local.</translation>
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
        <translation>Nada para levar ainda</translation>
    </message>
    <message>
        <source>Once your subject is learnt, it can be used in other programs too.</source>
        <translation>Depois que seu assunto for aprendido, ele também poderá ser usado em outros programas.</translation>
    </message>
    <message>
        <source>Write the model</source>
        <translation>Gravar o modelo</translation>
    </message>
    <message>
        <source>Where will you use it?</source>
        <translation>Onde você vai usar?</translation>
    </message>
    <message>
        <source>Go to training</source>
        <translation>Ir para o treino</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>As learnt at</source>
        <translation>Aprendido até</translation>
    </message>
    <message>
        <source>Into a new folder</source>
        <translation>Em uma nova pasta</translation>
    </message>
    <message>
        <source>The best, step %1</source>
        <translation>O melhor, passo %1</translation>
    </message>
    <message>
        <source>The last, step %1</source>
        <translation>O último, passo %1</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Passo %1</translation>
    </message>
    <message>
        <source>Where should the model&apos;s folder go?</source>
        <translation>Onde deve ficar a pasta do modelo?</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Gravando…</translation>
    </message>
    <message>
        <source>This folder already holds something. Choose a new one; nothing is overwritten.</source>
        <translation>Esta pasta já contém algo. Escolha uma nova; nada é sobrescrito.</translation>
    </message>
    <message>
        <source>A folder in the diffusers layout with everything that pictures need. Your photos stay here.</source>
        <translation>Uma pasta no formato do diffusers com tudo o que é preciso para criar imagens. Suas fotos ficam aqui.</translation>
    </message>
    <message>
        <source>It takes a little over %1.</source>
        <translation>Ocupa um pouco mais de %1.</translation>
    </message>
    <message>
        <source>written</source>
        <translation>gravado</translation>
    </message>
    <message>
        <source>Into a new file</source>
        <translation>Em um novo arquivo</translation>
    </message>
    <message>
        <source>Into which folder should the file go?</source>
        <translation>Em que pasta deve ficar o arquivo?</translation>
    </message>
    <message>
        <source>There is such a file already. Choose another name; nothing is overwritten.</source>
        <translation>Já existe um arquivo com esse nome. Escolha outro; nada é sobrescrito.</translation>
    </message>
    <message>
        <source>One small file with what was learnt, to be used with the model that you began with. Your photos stay here.</source>
        <translation>Um arquivo pequeno com o que foi aprendido, para usar com o modelo do qual você partiu. Suas fotos ficam aqui.</translation>
    </message>
    <message>
        <source>One small file with what the new word means, to be used with the model that you began with. Your photos stay here.</source>
        <translation>Um arquivo pequeno com o significado da nova palavra, para usar com o modelo do qual você partiu. Suas fotos ficam aqui.</translation>
    </message>
    <message>
        <source>One file with the whole model in half precision, which that program computes in. Your photos stay here.</source>
        <translation>Um arquivo com o modelo inteiro em meia precisão, a que esse programa usa nos cálculos. Suas fotos ficam aqui.</translation>
    </message>
</context>
<context>
    <name>likeness::ExportTarget</name>
    <message>
        <source>In the model manager choose “Add models”, give the folder %1, and install it. Then write: %2</source>
        <translation>No gerenciador de modelos, escolha “Add models”, indique a pasta %1 e instale. Depois escreva: %2</translation>
    </message>
    <message>
        <source>Another Likeness</source>
        <translation>Outro Likeness</translation>
    </message>
    <message>
        <source>Copy the folder %1 to the other computer and begin a project with it as its model. Then write: %2</source>
        <translation>Copie a pasta %1 para o outro computador e comece um projeto com ela como modelo. Depois escreva: %2</translation>
    </message>
    <message>
        <source>One file, for models/Stable-diffusion</source>
        <translation>Um arquivo, para models/Stable-diffusion</translation>
    </message>
    <message>
        <source>Put the file %1 into models/Stable-diffusion of that program, press the blue arrows beside its list of checkpoints and choose it there. Then write: %2</source>
        <translation>Coloque o arquivo %1 em models/Stable-diffusion desse programa, clique nas setas azuis ao lado da lista de checkpoints e escolha-o ali. Depois escreva: %2</translation>
    </message>
    <message>
        <source>One file, for models/checkpoints</source>
        <translation>Um arquivo, para models/checkpoints</translation>
    </message>
    <message>
        <source>Put the file %1 into ComfyUI/models/checkpoints, press R in the window and choose it in “Load Checkpoint”. Then write: %2</source>
        <translation>Coloque o arquivo %1 em ComfyUI/models/checkpoints, pressione R na janela e escolha-o em “Load Checkpoint”. Depois escreva: %2</translation>
    </message>
    <message>
        <source>A folder, for its model manager</source>
        <translation>Uma pasta, para o gerenciador de modelos</translation>
    </message>
    <message>
        <source>A LoRA, for models/Lora</source>
        <translation>Uma LoRA, para models/Lora</translation>
    </message>
    <message>
        <source>Put the file %1 into models/Lora of that program, and choose the checkpoint that you began with. Then write: %2</source>
        <translation>Coloque o arquivo %1 em models/Lora desse programa e escolha o checkpoint do qual você partiu. Depois escreva: %2</translation>
    </message>
    <message>
        <source>A LoRA, for models/loras</source>
        <translation>Uma LoRA, para models/loras</translation>
    </message>
    <message>
        <source>Put the file %1 into ComfyUI/models/loras, press R in the window and choose it in “Load LoRA” behind the checkpoint that you began with. Then write: %2</source>
        <translation>Coloque o arquivo %1 em ComfyUI/models/loras, pressione R na janela e escolha-o em “Load LoRA”, depois do checkpoint do qual você partiu. Depois escreva: %2</translation>
    </message>
    <message>
        <source>A LoRA, for its model manager</source>
        <translation>Uma LoRA, para o gerenciador de modelos</translation>
    </message>
    <message>
        <source>In the model manager choose “Add models”, give the file %1, and add it to the model that you began with. Then write: %2</source>
        <translation>No gerenciador de modelos, escolha “Add models”, indique o arquivo %1 e adicione-o ao modelo do qual você partiu. Depois escreva: %2</translation>
    </message>
    <message>
        <source>A word, for embeddings</source>
        <translation>Uma palavra, para embeddings</translation>
    </message>
    <message>
        <source>Put the file %1 into the folder embeddings of that program, and choose the checkpoint that you began with. The file&apos;s name is the word. Then write: %2</source>
        <translation>Coloque o arquivo %1 na pasta embeddings desse programa e escolha o checkpoint do qual você partiu. O nome do arquivo é a palavra. Depois escreva: %2</translation>
    </message>
    <message>
        <source>A word, for models/embeddings</source>
        <translation>Uma palavra, para models/embeddings</translation>
    </message>
    <message>
        <source>Put the file %1 into ComfyUI/models/embeddings, press R in the window and load the checkpoint that you began with. Then write: %2</source>
        <translation>Coloque o arquivo %1 em ComfyUI/models/embeddings, pressione R na janela e carregue o checkpoint do qual você partiu. Depois escreva: %2</translation>
    </message>
    <message>
        <source>A word, for its model manager</source>
        <translation>Uma palavra, para o gerenciador de modelos</translation>
    </message>
    <message>
        <source>In the model manager choose “Add models”, give the file %1, and use it with the model that you began with. The file&apos;s name is the word. Then write: %2</source>
        <translation>No gerenciador de modelos, escolha “Add models”, indique o arquivo %1 e use-o com o modelo do qual você partiu. O nome do arquivo é a palavra. Depois escreva: %2</translation>
    </message>
    <message>
        <source>A word, for programs in Python</source>
        <translation>Uma palavra, para programas em Python</translation>
    </message>
    <message>
        <source>A folder, for programs in Python</source>
        <translation>Uma pasta, para programas em Python</translation>
    </message>
    <message>
        <source>A folder, the model of a new project</source>
        <translation>Uma pasta, o modelo de um novo projeto</translation>
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
        <translation>Todos os arquivos (*)</translation>
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
        <translation>Orientação</translation>
    </message>
    <message>
        <source>Numbers, or a range such as 2-8 (+2)</source>
        <translation>Números ou um intervalo, como 2-8 (+2)</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Passos</translation>
    </message>
    <message>
        <source>Numbers, or a range such as 10-50 (+10)</source>
        <translation>Números ou um intervalo, como 10-50 (+10)</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Numbers, or a range such as 1-4</source>
        <translation>Números ou um intervalo, como 1-4</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>Names of samplers</source>
        <translation>Nomes de samplers</translation>
    </message>
    <message>
        <source>Words of the prompt</source>
        <translation>Palavras do prompt</translation>
    </message>
    <message>
        <source>Words that are in the prompt, then what takes their place</source>
        <translation>Palavras que estão no prompt e, depois, o que entra no lugar delas</translation>
    </message>
    <message>
        <source>How much changes</source>
        <translation>Quanto muda</translation>
    </message>
    <message>
        <source>Between 0 and 1; needs a picture to start from</source>
        <translation>Entre 0 e 1; precisa de uma imagem de partida</translation>
    </message>
    <message>
        <source>As learnt at</source>
        <translation>Aprendido até</translation>
    </message>
    <message>
        <source>Steps of the training, or base, best, last</source>
        <translation>Passos do treino, ou base, best, last</translation>
    </message>
    <message>
        <source>LoRA weight</source>
        <translation>Peso da LoRA</translation>
    </message>
    <message>
        <source>Numbers; the prompt must name a LoRA</source>
        <translation>Números; o prompt precisa citar uma LoRA</translation>
    </message>
    <message>
        <source>Open the sheet</source>
        <translation>Abrir a folha</translation>
    </message>
    <message>
        <source>Compare settings</source>
        <translation>Comparar ajustes</translation>
    </message>
    <message>
        <source>Close the grid</source>
        <translation>Fechar a grade</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Colunas</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Linhas</translation>
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
        <translation>O prompt ainda não cita nenhuma LoRA: escreva nele &lt;lora:its name:1&gt;.</translation>
    </message>
    <message>
        <source>Choose a picture to start from first.</source>
        <translation>Escolha antes uma imagem de partida.</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1, all from the same seed</source>
        <translation>%1, todas com a mesma seed</translation>
    </message>
</context>
<context>
    <name>likeness::GridTable</name>
    <message>
        <source>Grid of pictures</source>
        <translation>Grade de imagens</translation>
    </message>
</context>
<context>
    <name>likeness::HeaderBar</name>
    <message>
        <source>What Likeness computes on, and how much of the memory it uses now</source>
        <translation>Onde o Likeness faz os cálculos e quanta memória usa agora</translation>
    </message>
    <message>
        <source>No project</source>
        <translation>Sem projeto</translation>
    </message>
    <message>
        <source>Project menu</source>
        <translation>Menu do projeto</translation>
    </message>
    <message>
        <source>Project %1, menu</source>
        <translation>Projeto %1, menu</translation>
    </message>
    <message>
        <source>The base model that this project starts from</source>
        <translation>O modelo base do qual este projeto parte</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Novo projeto</translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation>Abrir um projeto…</translation>
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
        <translation>Mudar para claro</translation>
    </message>
    <message>
        <source>Change to dark</source>
        <translation>Mudar para escuro</translation>
    </message>
    <message>
        <source>Help and shortcuts (F1)</source>
        <translation>Ajuda e atalhos (F1)</translation>
    </message>
    <message>
        <source>Settings (Ctrl+,)</source>
        <translation>Configurações (Ctrl+,)</translation>
    </message>
</context>
<context>
    <name>likeness::HelpPanel</name>
    <message>
        <source>Help</source>
        <translation>Ajuda</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Fechar (Esc)</translation>
    </message>
    <message>
        <source>Show me around</source>
        <translation>Fazer um tour</translation>
    </message>
    <message>
        <source>Log and report…</source>
        <translation>Log e relatório…</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Assunto</translation>
    </message>
    <message>
        <source>Three to five photos teach more than thirty alike ones. Show the subject whole, from different sides, in different places. The word says what it is; the token becomes its name.</source>
        <translation>De três a cinco fotos ensinam mais do que trinta parecidas. Mostre o assunto inteiro, de lados diferentes, em lugares diferentes. A palavra diz o que ele é; o token passa a ser o nome dele.</translation>
    </message>
    <message>
        <source>Paste photos or a picture</source>
        <translation>Colar fotos ou uma imagem</translation>
    </message>
    <message>
        <source>Take the chosen photo out</source>
        <translation>Tirar a foto escolhida</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Refazer</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>Setas</translation>
    </message>
    <message>
        <source>In the photo: move the square; Shift: further</source>
        <translation>Na foto: mover o quadrado; Shift: mais longe</translation>
    </message>
    <message>
        <source>In the photo: larger or smaller square</source>
        <translation>Na foto: quadrado maior ou menor</translation>
    </message>
    <message>
        <source>In the photo: turn it</source>
        <translation>Na foto: girar</translation>
    </message>
    <message>
        <source>In the photo: centre on what stands out</source>
        <translation>Na foto: centralizar no que se destaca</translation>
    </message>
    <message>
        <source>Ask the helper</source>
        <translation>Perguntar ao assistente</translation>
    </message>
    <message>
        <source>Prior images</source>
        <translation>Imagens de classe</translation>
    </message>
    <message>
        <source>Pictures of any such thing keep the word for all of them. Without them, every dog becomes your dog. Reject the ones that went wrong.</source>
        <translation>Imagens de outros do mesmo tipo mantêm a palavra valendo para todos. Sem elas, todo cachorro vira o seu. Rejeite as que não deram certo.</translation>
    </message>
    <message>
        <source>Keep the chosen picture</source>
        <translation>Manter a imagem escolhida</translation>
    </message>
    <message>
        <source>Reject it</source>
        <translation>Rejeitar</translation>
    </message>
    <message>
        <source>To the next picture</source>
        <translation>Ir para a próxima imagem</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>See it large</source>
        <translation>Ver ampliada</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Treino</translation>
    </message>
    <message>
        <source>The dashed line tells most: when it turns upwards, the photos are being learnt by heart. Stop and keep the checkpoint before the turn.</source>
        <translation>A linha tracejada diz mais: quando ela sobe, as fotos estão sendo decoradas. Pare e fique com o checkpoint de antes da virada.</translation>
    </message>
    <message>
        <source>Pause or go on</source>
        <translation>Pausar ou continuar</translation>
    </message>
    <message>
        <source>Compose</source>
        <translation>Criar</translation>
    </message>
    <message>
        <source>[V] stands for your subject. Say where it is, in what light, and in which style. The same seed gives the same picture again.</source>
        <translation>[V] representa o seu assunto. Diga onde ele está, com que luz e em que estilo. A mesma seed dá a mesma imagem de novo.</translation>
    </message>
    <message>
        <source>In the gallery: see it large</source>
        <translation>Na galeria: ver ampliada</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Choose where you will use it; Likeness writes what that program reads, reads it back and compares.</source>
        <translation>Escolha onde vai usar; o Likeness grava no formato que esse programa lê, relê e compara.</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Boas-vindas</translation>
    </message>
    <message>
        <source>Drop three to five photos of one subject anywhere on this window. The demo shows the whole way in a few minutes.</source>
        <translation>Solte de três a cinco fotos de um só assunto em qualquer lugar desta janela. A demo mostra o caminho todo em poucos minutos.</translation>
    </message>
    <message>
        <source>To the steps</source>
        <translation>Ir para as etapas</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Novo projeto</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Abrir um projeto</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Configurações</translation>
    </message>
    <message>
        <source>This help</source>
        <translation>Esta ajuda</translation>
    </message>
</context>
<context>
    <name>likeness::HelperClient</name>
    <message numerus="yes">
        <source>%1 has said nothing for %n second(s). Look whether the server is busy, then ask again.</source>
        <translation>
            <numerusform>%1 não diz nada há %n segundo. Veja se o servidor está ocupado e pergunte de novo.</numerusform>
            <numerusform>%1 não diz nada há %n segundos. Veja se o servidor está ocupado e pergunte de novo.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 did not come to an end. Ask for something shorter, or use a quicker model.</source>
        <translation>%1 não chegou ao fim. Peça algo mais curto ou use um modelo mais rápido.</translation>
    </message>
    <message>
        <source>%1 sends more than an answer can be. Is it the right server?</source>
        <translation>%1 envia mais do que cabe em uma resposta. É o servidor certo?</translation>
    </message>
    <message>
        <source>%1 says: %2</source>
        <translation>%1 diz: %2</translation>
    </message>
    <message>
        <source>%1 answered, but not as a chat server does. Look whether the address is right.</source>
        <translation>%1 respondeu, mas não como um servidor de chat. Veja se o endereço está certo.</translation>
    </message>
    <message>
        <source>%1 wants to send Likeness on to another address, where it doesn&apos;t go. Give the right address in the settings.</source>
        <translation>%1 quer mandar o Likeness para outro endereço, e ele não vai. Informe o endereço certo nas configurações.</translation>
    </message>
    <message>
        <source>%1 answered with error %2: %3</source>
        <translation>%1 respondeu com o erro %2: %3</translation>
    </message>
    <message>
        <source>%1 knows no chat completions. Look whether the address is right.</source>
        <translation>%1 não conhece “chat completions”. Veja se o endereço está certo.</translation>
    </message>
    <message>
        <source>%1 answered with error %2. Look into the server&apos;s own messages, then ask again.</source>
        <translation>%1 respondeu com o erro %2. Veja as mensagens do próprio servidor e pergunte de novo.</translation>
    </message>
    <message>
        <source>Nothing answers at %1. Start the server, or correct the address in the settings.</source>
        <translation>Nada responde em %1. Inicie o servidor ou corrija o endereço nas configurações.</translation>
    </message>
    <message>
        <source>%1 can&apos;t show that it is what it says (its certificate). Use http:// for a server on this computer.</source>
        <translation>%1 não consegue provar que é quem diz ser (certificado). Use http:// para um servidor neste computador.</translation>
    </message>
    <message>
        <source>The connection to %1 broke off. Look whether the server still runs, then ask again.</source>
        <translation>A conexão com %1 caiu. Veja se o servidor ainda está rodando e pergunte de novo.</translation>
    </message>
</context>
<context>
    <name>likeness::HelperForm</name>
    <message>
        <source>Let Likeness ask a server of mine about pictures</source>
        <translation>Deixar o Likeness consultar um servidor meu sobre imagens</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Testar</translation>
    </message>
    <message>
        <source>It can describe photos, suggest words and prompts, and look for what is unsafe to show. It needs a server that speaks like OpenAI&apos;s and reads pictures: llama.cpp, Ollama, vLLM. A picture is sent only when you ask about it, made smaller, and only to this address.</source>
        <translation>Ele pode descrever fotos, sugerir palavras e prompts e procurar o que não é seguro mostrar. Precisa de um servidor que fale como o da OpenAI e leia imagens: llama.cpp, Ollama, vLLM. Uma imagem só é enviada quando você pergunta sobre ela, em tamanho reduzido, e apenas para este endereço.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Endereço</translation>
    </message>
    <message>
        <source>Model (may stay empty)</source>
        <translation>Modelo (pode ficar vazio)</translation>
    </message>
    <message>
        <source>It answers: %1</source>
        <translation>Ele responde: %1</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Interrompido.</translation>
    </message>
    <message>
        <source>A short question without a picture was sent to %1 …</source>
        <translation>Uma pergunta curta, sem imagem, foi enviada para %1…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
</context>
<context>
    <name>likeness::HelperPanel</name>
    <message>
        <source>Ask</source>
        <translation>Perguntar</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Use as caption</source>
        <translation>Usar como legenda</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Ask the helper</source>
        <translation>Perguntar ao assistente</translation>
    </message>
    <message>
        <source>The picture that is asked about</source>
        <translation>A imagem da pergunta</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Sobre</translation>
    </message>
    <message>
        <source>Describe it</source>
        <translation>Descrever</translation>
    </message>
    <message>
        <source>One sentence that can become the photo&apos;s caption</source>
        <translation>Uma frase que pode virar a legenda da foto</translation>
    </message>
    <message>
        <source>What is it?</source>
        <translation>O que é?</translation>
    </message>
    <message>
        <source>One everyday word for the subject</source>
        <translation>Uma palavra do dia a dia para o assunto</translation>
    </message>
    <message>
        <source>Think of prompts</source>
        <translation>Sugerir prompts</translation>
    </message>
    <message>
        <source>Five ideas for new pictures</source>
        <translation>Cinco ideias para novas imagens</translation>
    </message>
    <message>
        <source>Safe to show?</source>
        <translation>Seguro mostrar?</translation>
    </message>
    <message>
        <source>Looks for what not everybody should see</source>
        <translation>Procura o que nem todo mundo deveria ver</translation>
    </message>
    <message>
        <source>Describe all photos</source>
        <translation>Descrever todas as fotos</translation>
    </message>
    <message>
        <source>A caption for each photo that has none</source>
        <translation>Uma legenda para cada foto que não tem</translation>
    </message>
    <message>
        <source>Check all</source>
        <translation>Checar tudo</translation>
    </message>
    <message>
        <source>Looks through all photos and the newest pictures for what is unsafe to show</source>
        <translation>Procura em todas as fotos e nas imagens mais novas o que não é seguro mostrar</translation>
    </message>
    <message>
        <source>Your question</source>
        <translation>Sua pergunta</translation>
    </message>
    <message>
        <source>Or ask something of your own …</source>
        <translation>Ou pergunte o que quiser…</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Resposta</translation>
    </message>
    <message>
        <source>The answer comes here, word by word.</source>
        <translation>A resposta aparece aqui, palavra por palavra.</translation>
    </message>
    <message>
        <source>Done. Undo takes it back.</source>
        <translation>Pronto. Desfazer volta atrás.</translation>
    </message>
    <message>
        <source>Photo %1</source>
        <translation>Foto %1</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>Imagem %1</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Nenhuma imagem</translation>
    </message>
    <message>
        <source>%1, %2 × %3, was sent to %4. Waiting for the answer …</source>
        <extracomment>%1 is &quot;Photo 2&quot;, %2 × %3 pixels, %4 an address</extracomment>
        <translation>%1, %2 × %3, foi enviada para %4. Esperando a resposta…</translation>
    </message>
    <message>
        <source>%1, %2 × %3, goes to %4 when you ask. Nothing else leaves Likeness.</source>
        <translation>%1, %2 × %3, vai para %4 quando você perguntar. Nada mais sai do Likeness.</translation>
    </message>
    <message>
        <source>The helper is off. Settings tells how to switch it on.</source>
        <translation>O assistente está desligado. As configurações mostram como ligá-lo.</translation>
    </message>
    <message>
        <source>Only your words go to %1.</source>
        <translation>Só as suas palavras vão para %1.</translation>
    </message>
    <message>
        <source>Every photo has a caption already.</source>
        <translation>Todas as fotos já têm legenda.</translation>
    </message>
    <message>
        <source>Your words were sent to %1. Waiting for the answer …</source>
        <translation>Suas palavras foram enviadas para %1. Esperando a resposta…</translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%1 de %2: %3</translation>
    </message>
    <message>
        <source>Better look at this one yourself before you show it.</source>
        <translation>Melhor olhar esta com seus próprios olhos antes de mostrar.</translation>
    </message>
    <message>
        <source>Written by a model: it can be wrong.</source>
        <translation>Escrito por um modelo: pode estar errado.</translation>
    </message>
    <message>
        <source>Nothing was found. A model can be wrong.</source>
        <translation>Nada foi encontrado. Um modelo pode errar.</translation>
    </message>
    <message numerus="yes">
        <source>Look at %n picture(s) yourself before you show them.</source>
        <translation>
            <numerusform>Olhe %n imagem com seus próprios olhos antes de mostrar.</numerusform>
            <numerusform>Olhe %n imagens com seus próprios olhos antes de mostrar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped. What was sent before can&apos;t be taken back.</source>
        <translation>Interrompido. O que já foi enviado não volta.</translation>
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
        <translation>Informe o endereço do servidor, por exemplo http://localhost:8080.</translation>
    </message>
    <message>
        <source>That is no address of a server. It begins with http:// or https://.</source>
        <translation>Isso não é um endereço de servidor. Ele começa com http:// ou https://.</translation>
    </message>
    <message>
        <source>Give the address alone, without a name, a password or a question mark.</source>
        <translation>Informe só o endereço, sem nome, senha nem ponto de interrogação.</translation>
    </message>
</context>
<context>
    <name>likeness::JobBar</name>
    <message>
        <source>Training</source>
        <translation>Treino</translation>
    </message>
    <message>
        <source>Making prior images</source>
        <translation>Criando imagens de classe</translation>
    </message>
    <message>
        <source>Making pictures</source>
        <translation>Criando imagens</translation>
    </message>
    <message>
        <source>Writing the model</source>
        <translation>Gravando o modelo</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lendo</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Sample now</source>
        <translation>Prévia já</translation>
    </message>
    <message>
        <source>Save now</source>
        <translation>Salvar já</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progresso</translation>
    </message>
    <message>
        <source>Pause or go on (Ctrl+Shift+P)</source>
        <translation>Pausar ou continuar (Ctrl+Shift+P)</translation>
    </message>
    <message>
        <source>Make a picture with what is learnt so far</source>
        <translation>Cria uma imagem com o que foi aprendido até agora</translation>
    </message>
    <message>
        <source>Save a checkpoint now</source>
        <translation>Salva um checkpoint agora</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Retomar</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>Parar e manter</translation>
    </message>
    <message>
        <source>End here and keep what is learnt; it can go on later</source>
        <translation>Termina aqui e mantém o que foi aprendido; dá para continuar depois</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n na fila</numerusform>
            <numerusform>%n na fila</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Pronto</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Em pausa</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Parando…</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>passo %1 de %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>%1 steps/s</source>
        <translation>%1 passos/s</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>faltam %1</translation>
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
        <translation>Como aprende</translation>
    </message>
    <message>
        <source>Changes count from the next run.</source>
        <translation>As mudanças valem a partir do próximo treino.</translation>
    </message>
    <message>
        <source>Full DreamBooth: the part that paints and the part that reads both learn.</source>
        <translation>DreamBooth completo: a parte que pinta e a parte que lê aprendem.</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>Todos os ajustes</translation>
    </message>
    <message numerus="yes">
        <source>All settings (%n changed)</source>
        <translation>
            <numerusform>Todos os ajustes (%n alterado)</numerusform>
            <numerusform>Todos os ajustes (%n alterados)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::LogPanel</name>
    <message>
        <source>Log and report</source>
        <translation>Log e relatório</translation>
    </message>
    <message>
        <source>If something goes wrong</source>
        <translation>Se algo der errado</translation>
    </message>
    <message>
        <source>Send this to somebody who can help. It is exactly what you see: no picture, and the names of people, folders and files are taken out.</source>
        <translation>Envie isto a alguém que possa ajudar. É exatamente o que você vê: nenhuma imagem, e os nomes de pessoas, pastas e arquivos foram retirados.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Relatório</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Salvar relatório…</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Ler de novo</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Copiado.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Salvo.</translation>
    </message>
    <message>
        <source>It could not be saved there. Choose another folder.</source>
        <translation>Não foi possível salvar ali. Escolha outra pasta.</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Salvar o relatório</translation>
    </message>
</context>
<context>
    <name>likeness::LossChart</name>
    <message>
        <source>The chart could not be written to %1. Choose another folder.</source>
        <translation>Não foi possível gravar o gráfico em %1. Escolha outra pasta.</translation>
    </message>
    <message>
        <source>Losses over the steps of training</source>
        <translation>Perdas ao longo dos passos do treino</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>Instância</translation>
    </message>
    <message>
        <source>Prior</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validação</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Taxa de aprendizado</translation>
    </message>
</context>
<context>
    <name>likeness::MadePictures</name>
    <message>
        <source>A picture in the making</source>
        <translation>Uma imagem sendo criada</translation>
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
        <translation>Colada %1.png</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Abrir um projeto</translation>
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
        <translation>Pinte sobre o que deve mudar. Os colchetes mudam o pincel, E apaga, I inverte, Delete limpa, as setas movem o pincel, Espaço pinta.</translation>
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
        <translation>Apagar</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>Desfazer (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>Refazer (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Limpar</translation>
    </message>
    <message>
        <source>Paint over what should change. The rest stays as it is.</source>
        <translation>Pinte sobre o que deve mudar. O resto fica como está.</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pincel</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Inverter</translation>
    </message>
    <message>
        <source>What was painted stays, the rest changes (I)</source>
        <translation>O que foi pintado fica, o resto muda (I)</translation>
    </message>
    <message>
        <source>[ and ] or the wheel change the brush, E or the right button erases, Shift draws a line, Ctrl and the wheel look closer.</source>
        <translation>[ e ] ou a roda mudam o pincel, E ou o botão direito apaga, Shift traça uma linha, Ctrl e a roda aproximam.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Pronto</translation>
    </message>
</context>
<context>
    <name>likeness::NewProjectForm</name>
    <message>
        <source>Begin</source>
        <translation>Começar</translation>
    </message>
    <message>
        <source>Photos of the new project</source>
        <translation>Fotos do novo projeto</translation>
    </message>
    <message>
        <source>It is a</source>
        <translation>É um(a)</translation>
    </message>
    <message>
        <source>One everyday word for what it is, in English.</source>
        <translation>Uma palavra do dia a dia para o que é, em inglês.</translation>
    </message>
    <message>
        <source>Name of the project</source>
        <translation>Nome do projeto</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
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
        <translation>Meu %1</translation>
    </message>
    <message>
        <source>It becomes a folder in %1.</source>
        <translation>Vira uma pasta em %1.</translation>
    </message>
    <message>
        <source>Kept in %1</source>
        <translation>Guardado em %1</translation>
    </message>
    <message>
        <source>A new subject</source>
        <translation>Um novo assunto</translation>
    </message>
</context>
<context>
    <name>likeness::NoticeBanner</name>
    <message>
        <source>Dismiss</source>
        <translation>Dispensar</translation>
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
        <translation>feito a partir do assunto</translation>
    </message>
    <message>
        <source>Default: %1.</source>
        <translation>Padrão: %1.</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>Voltar ao padrão</translation>
    </message>
</context>
<context>
    <name>likeness::OptionWords</name>
    <message>
        <source>Steps</source>
        <translation>Passos</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Taxa de aprendizado</translation>
    </message>
    <message>
        <source>Learning rate of the text part</source>
        <translation>Taxa de aprendizado da parte de texto</translation>
    </message>
    <message>
        <source>Text part learns until</source>
        <translation>A parte de texto aprende até</translation>
    </message>
    <message>
        <source>Course of the rate</source>
        <translation>Curso da taxa</translation>
    </message>
    <message>
        <source>Steady</source>
        <translation>Constante</translation>
    </message>
    <message>
        <source>Falling</source>
        <translation>Decrescente</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Aquecimento</translation>
    </message>
    <message>
        <source>Photos at a time</source>
        <translation>Fotos por vez</translation>
    </message>
    <message>
        <source>Batches a step</source>
        <translation>Lotes por passo</translation>
    </message>
    <message>
        <source>Longest step</source>
        <translation>Maior passo</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Decaimento dos pesos</translation>
    </message>
    <message>
        <source>Weight of the class images</source>
        <translation>Peso das imagens de classe</translation>
    </message>
    <message>
        <source>Class images</source>
        <translation>Imagens de classe</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Precisão</translation>
    </message>
    <message>
        <source>bf16, fast</source>
        <translation>bf16, rápida</translation>
    </message>
    <message>
        <source>fp32, exact</source>
        <translation>fp32, exata</translation>
    </message>
    <message>
        <source>Size of the square</source>
        <translation>Tamanho do quadrado</translation>
    </message>
    <message>
        <source>Mirror photos</source>
        <translation>Espelhar fotos</translation>
    </message>
    <message>
        <source>Half of them</source>
        <translation>Metade delas</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nenhuma</translation>
    </message>
    <message>
        <source>Save every</source>
        <translation>Salvar a cada</translation>
    </message>
    <message>
        <source>Saved states to keep</source>
        <translation>Estados salvos a manter</translation>
    </message>
    <message>
        <source>Test every</source>
        <translation>Testar a cada</translation>
    </message>
    <message>
        <source>Preview every</source>
        <translation>Prévia a cada</translation>
    </message>
    <message>
        <source>Preview prompts</source>
        <translation>Prompts das prévias</translation>
    </message>
    <message>
        <source>As this computer is fastest</source>
        <translation>A mais rápida neste computador</translation>
    </message>
    <message>
        <source>What learns</source>
        <translation>O que aprende</translation>
    </message>
    <message>
        <source>The model itself</source>
        <translation>O próprio modelo</translation>
    </message>
    <message>
        <source>A LoRA beside it</source>
        <translation>Uma LoRA ao lado dele</translation>
    </message>
    <message>
        <source>Part of the model</source>
        <translation>Parte do modelo</translation>
    </message>
    <message>
        <source>All of it</source>
        <translation>Inteiro</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Atenção</translation>
    </message>
    <message>
        <source>Attention to the text</source>
        <translation>Atenção ao texto</translation>
    </message>
    <message>
        <source>The way up</source>
        <translation>O caminho de subida</translation>
    </message>
    <message>
        <source>Rank of the LoRA</source>
        <translation>Rank da LoRA</translation>
    </message>
    <message>
        <source>Alpha of the LoRA</source>
        <translation>Alpha da LoRA</translation>
    </message>
    <message>
        <source>Alpha divided by</source>
        <translation>Alpha dividido por</translation>
    </message>
    <message>
        <source>The rank</source>
        <translation>O rank</translation>
    </message>
    <message>
        <source>The root of the rank</source>
        <translation>A raiz do rank</translation>
    </message>
    <message>
        <source>Dropout of the LoRA</source>
        <translation>Dropout da LoRA</translation>
    </message>
    <message>
        <source>Layers with a LoRA</source>
        <translation>Camadas com LoRA</translation>
    </message>
    <message>
        <source>Attention and feed-forward</source>
        <translation>Atenção e feed-forward</translation>
    </message>
    <message>
        <source>All linear ones</source>
        <translation>Todas as lineares</translation>
    </message>
    <message>
        <source>Rank for convolutions</source>
        <translation>Rank das convoluções</translation>
    </message>
    <message>
        <source>Alpha for convolutions</source>
        <translation>Alpha das convoluções</translation>
    </message>
    <message>
        <source>Length apart from direction (DoRA)</source>
        <translation>Comprimento separado da direção (DoRA)</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sim</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Não</translation>
    </message>
    <message>
        <source>Rate of the second half (LoRA+)</source>
        <translation>Taxa da segunda metade (LoRA+)</translation>
    </message>
    <message>
        <source>Falling in a line</source>
        <translation>Decrescente em linha reta</translation>
    </message>
    <message>
        <source>Falling again and again</source>
        <translation>Decrescente em ciclos</translation>
    </message>
    <message>
        <source>Falling by a power</source>
        <translation>Decrescente por potência</translation>
    </message>
    <message>
        <source>Falling late</source>
        <translation>Decrescente no fim</translation>
    </message>
    <message>
        <source>fp16, with scaled losses</source>
        <translation>fp16, com perdas escaladas</translation>
    </message>
    <message>
        <source>A new word for it</source>
        <translation>Uma nova palavra para ele</translation>
    </message>
    <message>
        <source>Weights that don&apos;t learn in</source>
        <translation>Pesos que não aprendem, em</translation>
    </message>
    <message>
        <source>Weights that learn in</source>
        <translation>Pesos que aprendem, em</translation>
    </message>
    <message>
        <source>Ends after validations without a better one</source>
        <translation>Termina após validações sem melhora</translation>
    </message>
    <message>
        <source>Ranks of parts of the picture part</source>
        <translation>Ranks de partes da parte de imagem</translation>
    </message>
    <message>
        <source>Rates of parts of the picture part</source>
        <translation>Taxas de partes da parte de imagem</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Perda</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Quadrática</translation>
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
        <translation>Curso do limite de Huber</translation>
    </message>
    <message>
        <source>Exponential</source>
        <translation>Exponencial</translation>
    </message>
    <message>
        <source>By the noise</source>
        <translation>Conforme o ruído</translation>
    </message>
    <message>
        <source>Huber&apos;s bound</source>
        <translation>Limite de Huber</translation>
    </message>
    <message>
        <source>Min-SNR gamma</source>
        <translation>Gama do Min-SNR</translation>
    </message>
    <message>
        <source>Debiased weights</source>
        <translation>Pesos sem viés</translation>
    </message>
    <message>
        <source>Noise levels drawn</source>
        <translation>Níveis de ruído sorteados</translation>
    </message>
    <message>
        <source>Each alike</source>
        <translation>Todos por igual</translation>
    </message>
    <message>
        <source>The middle more often</source>
        <translation>O meio com mais frequência</translation>
    </message>
    <message>
        <source>Evenly spread</source>
        <translation>Bem distribuídos</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Otimizador</translation>
    </message>
    <message>
        <source>AdamW, 8 bit</source>
        <translation>AdamW, 8 bits</translation>
    </message>
    <message>
        <source>Adafactor sets its rate</source>
        <translation>Adafactor define sua taxa</translation>
    </message>
    <message>
        <source>Scale of Prodigy&apos;s rate</source>
        <translation>Escala da taxa do Prodigy</translation>
    </message>
    <message>
        <source>Prodigy starts carefully</source>
        <translation>Prodigy começa com cautela</translation>
    </message>
    <message>
        <source>Prodigy leaves the warm-up out</source>
        <translation>Prodigy ignora o aquecimento</translation>
    </message>
    <message>
        <source>Average of the weights</source>
        <translation>Média dos pesos</translation>
    </message>
    <message>
        <source>Average warms up</source>
        <translation>A média se aquece</translation>
    </message>
    <message>
        <source>Average&apos;s warm-up begins</source>
        <translation>Início do aquecimento da média</translation>
    </message>
    <message>
        <source>Power of the average&apos;s warm-up</source>
        <translation>Potência do aquecimento da média</translation>
    </message>
    <message>
        <source>Vectors of the new word</source>
        <translation>Vetores da nova palavra</translation>
    </message>
    <message>
        <source>The new word starts as</source>
        <translation>A nova palavra começa como</translation>
    </message>
    <message>
        <source>Learning rate of the new word</source>
        <translation>Taxa de aprendizado da nova palavra</translation>
    </message>
    <message>
        <source>Weight decay of the new word</source>
        <translation>Decaimento dos pesos da nova palavra</translation>
    </message>
    <message>
        <source>Keep the new word&apos;s size</source>
        <translation>Manter o tamanho da nova palavra</translation>
    </message>
    <message>
        <source>Save memory, take longer</source>
        <translation>Poupar memória, demorar mais</translation>
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
        <translation>O quadrado como é treinado</translation>
    </message>
    <message>
        <source>The bright square is exactly what is trained.</source>
        <translation>O quadrado claro é exatamente o que é treinado.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>A quarter turn clockwise (R)</source>
        <translation>Um quarto de volta no sentido horário (R)</translation>
    </message>
    <message>
        <source>The largest square, in the middle</source>
        <translation>O maior quadrado, no meio</translation>
    </message>
    <message>
        <source>Take it out of the project (Delete). Undo brings it back.</source>
        <translation>Tira a foto do projeto (Delete). Desfazer a traz de volta.</translation>
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
        <translation>Como é treinada, %1 × %2 pixels</translation>
    </message>
    <message>
        <source>Widest</source>
        <translation>Máximo</translation>
    </message>
    <message>
        <source>Caption of the photo</source>
        <translation>Legenda da foto</translation>
    </message>
    <message>
        <source>Caption, if you like: a photo of [V] dog on a rug</source>
        <translation>Legenda, se quiser: a photo of [V] dog on a rug</translation>
    </message>
    <message>
        <source>What changes from photo to photo: place, pose, light. [V] stands for the subject.</source>
        <translation>O que muda de foto para foto: lugar, pose, luz. [V] representa o assunto.</translation>
    </message>
    <message>
        <source>Moves the square to what stands out in the photo (C)</source>
        <translation>Leva o quadrado ao que se destaca na foto (C)</translation>
    </message>
    <message>
        <source>Show more of it</source>
        <translation>Mostrar mais</translation>
    </message>
    <message>
        <source>Widen the square</source>
        <translation>Ampliar o quadrado</translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation>Escolher outra…</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>Remover</translation>
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
        <translation>Solte mais aqui</translation>
    </message>
    <message>
        <source>JPEG, HEIC, RAW, TIFF …</source>
        <translation>JPEG, HEIC, RAW, TIFF…</translation>
    </message>
    <message>
        <source>Or click to choose photos</source>
        <translation>Ou clique para escolher fotos</translation>
    </message>
    <message>
        <source>Choose more photos</source>
        <translation>Escolher mais fotos</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>Boa</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Pequena</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>Desfocada</translation>
    </message>
    <message>
        <source>Much is cut off</source>
        <translation>Muito cortada</translation>
    </message>
    <message>
        <source>Much like another</source>
        <translation>Parecida com outra</translation>
    </message>
    <message>
        <source>Too small</source>
        <translation>Pequena demais</translation>
    </message>
    <message>
        <source>Can&apos;t be read</source>
        <translation>Ilegível</translation>
    </message>
    <message>
        <source>Won&apos;t work</source>
        <translation>Não serve</translation>
    </message>
    <message>
        <source>Look at this</source>
        <translation>Dê uma olhada</translation>
    </message>
    <message>
        <source>Looking at it …</source>
        <translation>Analisando…</translation>
    </message>
</context>
<context>
    <name>likeness::PictureLibrary</name>
    <message numerus="yes">
        <source>%n pictures</source>
        <translation>
            <numerusform>%n imagem</numerusform>
            <numerusform>%n imagens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved %n pictures to the project’s removed ones.</source>
        <translation>
            <numerusform>%n imagem movida para as removidas do projeto.</numerusform>
            <numerusform>%n imagens movidas para as removidas do projeto.</numerusform>
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
        <translation>Comparar duas (C)</translation>
    </message>
    <message>
        <source>Copy (Ctrl+C)</source>
        <translation>Copiar (Ctrl+C)</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>Abrir a pasta</translation>
    </message>
    <message>
        <source>Remove (Delete)</source>
        <translation>Remover (Delete)</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>Usar estes ajustes</translation>
    </message>
    <message>
        <source>Start from this picture</source>
        <translation>Partir desta imagem</translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>Todas as imagens</translation>
    </message>
    <message>
        <source>Two pictures, compared with a slider</source>
        <translation>Duas imagens, comparadas com um controle deslizante</translation>
    </message>
    <message>
        <source>Search prompts</source>
        <translation>Buscar nos prompts</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Limpar a busca</translation>
    </message>
    <message>
        <source>The chosen picture</source>
        <translation>A imagem escolhida</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>No pictures yet.</source>
        <translation>Nenhuma imagem ainda.</translation>
    </message>
    <message>
        <source>No favourites here. The star, or F, makes one.</source>
        <translation>Nenhuma favorita aqui. A estrela, ou F, marca uma.</translation>
    </message>
    <message>
        <source>No prompt has these words.</source>
        <translation>Nenhum prompt tem estas palavras.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
</context>
<context>
    <name>likeness::PictureStage</name>
    <message>
        <source>Base model · seed %1</source>
        <translation>Modelo base · seed %1</translation>
    </message>
    <message>
        <source>Without [V] · seed %1</source>
        <translation>Sem [V] · seed %1</translation>
    </message>
    <message>
        <source>Seed %1</source>
        <translation>Seed %1</translation>
    </message>
    <message>
        <source>With %1 · seed %2</source>
        <translation>Com %1 · seed %2</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>Usar estes ajustes</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>Copiar a imagem</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>Abrir a pasta</translation>
    </message>
    <message>
        <source>Takes over prompt, seed and settings of this picture</source>
        <translation>Usa o prompt, a seed e os ajustes desta imagem</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Start from this</source>
        <translation>Partir desta</translation>
    </message>
    <message>
        <source>Makes the next pictures from this one, in part or as a whole</source>
        <translation>Cria as próximas imagens a partir desta, em parte ou por inteiro</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Passo %1 de %2</translation>
    </message>
    <message>
        <source>Before · %1</source>
        <translation>Antes · %1</translation>
    </message>
    <message>
        <source>The base model’s picture, to compare with</source>
        <translation>A imagem do modelo base, para comparar</translation>
    </message>
    <message>
        <source>A rough look; it sharpens towards the end</source>
        <translation>Um esboço; fica mais nítido perto do fim</translation>
    </message>
</context>
<context>
    <name>likeness::PreviewStrip</name>
    <message>
        <source>Previews by step</source>
        <translation>Prévias por passo</translation>
    </message>
    <message>
        <source>Which preview prompt</source>
        <translation>Qual prompt de prévia</translation>
    </message>
</context>
<context>
    <name>likeness::PreviewTile</name>
    <message>
        <source>Preview at step %1, the best checkpoint</source>
        <translation>Prévia no passo %1, o melhor checkpoint</translation>
    </message>
    <message>
        <source>Preview at step %1</source>
        <translation>Prévia no passo %1</translation>
    </message>
</context>
<context>
    <name>likeness::PriorSheet</name>
    <message>
        <source>Prior images</source>
        <translation>Imagens de classe</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rejeitada</translation>
    </message>
    <message>
        <source>Prior image %1, %2</source>
        <translation>Imagem de classe %1, %2</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>mantida</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>rejeitada</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Mantida</translation>
    </message>
    <message>
        <source>%1 · %2 · K keep, R reject, arrows for others, Esc back</source>
        <translation>%1 · %2 · K manter, R rejeitar, setas para outras, Esc voltar</translation>
    </message>
</context>
<context>
    <name>likeness::PriorsPage</name>
    <message>
        <source>Prior images</source>
        <translation>Imagens de classe</translation>
    </message>
    <message>
        <source>Continue to training</source>
        <translation>Seguir para o treino</translation>
    </message>
    <message>
        <source>Photos of other subjects of the same kind, from a folder of yours</source>
        <translation>Fotos de outros assuntos do mesmo tipo, de uma pasta sua</translation>
    </message>
    <message>
        <source>K keep · R reject · Enter look</source>
        <translation>K manter · R rejeitar · Enter ver</translation>
    </message>
    <message>
        <source>How many prior images there should be. One or two hundred is plenty.</source>
        <translation>Quantas imagens de classe deve haver. Cem ou duzentas já bastam.</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Quantas</translation>
    </message>
    <message>
        <source>A folder of other subjects of the same kind</source>
        <translation>Uma pasta com outros assuntos do mesmo tipo</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message numerus="yes">
        <source>%n of your own</source>
        <translation>
            <numerusform>%n sua</numerusform>
            <numerusform>%n suas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kept</source>
        <translation>
            <numerusform>%n mantida</numerusform>
            <numerusform>%n mantidas</numerusform>
        </translation>
    </message>
    <message>
        <source>subject</source>
        <translation>assunto</translation>
    </message>
    <message>
        <source>What other %1 look like</source>
        <translation>Como são outros %1</translation>
    </message>
    <message>
        <source>From your folder %1. Without them every %2 becomes your %2.</source>
        <translation>Da sua pasta %1. Sem elas, todo %2 vira o seu %2.</translation>
    </message>
    <message>
        <source>Made by the base model from “a photo of %1”. Without them every %2 becomes your %2.</source>
        <translation>Criadas pelo modelo base a partir de “a photo of %1”. Sem elas, todo %2 vira o seu %2.</translation>
    </message>
    <message>
        <source>No prior images yet</source>
        <translation>Nenhuma imagem de classe ainda</translation>
    </message>
    <message>
        <source>Reused %1, making %2</source>
        <translation>%1 reaproveitadas, criando %2</translation>
    </message>
    <message>
        <source>Making %1</source>
        <translation>Criando %1</translation>
    </message>
    <message>
        <source>%1 kept, %2 rejected</source>
        <translation>%1 mantidas, %2 rejeitadas</translation>
    </message>
    <message numerus="yes">
        <source>Replace the %n rejected</source>
        <translation>
            <numerusform>Substituir a rejeitada (%n)</numerusform>
            <numerusform>Substituir as %n rejeitadas</numerusform>
        </translation>
    </message>
    <message>
        <source>Make them instead</source>
        <translation>Criar em vez disso</translation>
    </message>
    <message>
        <source>Use a folder of mine…</source>
        <translation>Usar uma pasta minha…</translation>
    </message>
    <message numerus="yes">
        <source>Make %n image(s)</source>
        <translation>
            <numerusform>Criar %n imagem</numerusform>
            <numerusform>Criar %n imagens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Make %n more</source>
        <translation>
            <numerusform>Criar mais %n</numerusform>
            <numerusform>Criar mais %n</numerusform>
        </translation>
    </message>
    <message>
        <source>The base model paints other %1, so that training keeps them in mind. Look through them and reject the bad ones.</source>
        <translation>O modelo base pinta outros %1, para que o treino não se esqueça deles. Veja uma a uma e rejeite as ruins.</translation>
    </message>
</context>
<context>
    <name>likeness::PromptBar</name>
    <message>
        <source>Add [V]</source>
        <translation>Pôr [V]</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>What the picture should show; [V] stands for your subject</source>
        <translation>O que a imagem deve mostrar; [V] representa o seu assunto</translation>
    </message>
    <message>
        <source>Say what the picture should show; [V] stands for your subject</source>
        <translation>Diga o que a imagem deve mostrar; [V] representa o seu assunto</translation>
    </message>
    <message>
        <source>Fills in a prompt; press again for another</source>
        <translation>Preenche um prompt; clique de novo para outro</translation>
    </message>
    <message>
        <source>blurry, text</source>
        <translation>blurry, text</translation>
    </message>
    <message>
        <source>Not wanted</source>
        <translation>Evitar</translation>
    </message>
    <message>
        <source>Make %1</source>
        <translation>Criar %1</translation>
    </message>
    <message>
        <source>Without your subject</source>
        <translation>Sem o seu assunto</translation>
    </message>
    <message>
        <source>Without %1</source>
        <translation>Sem %1</translation>
    </message>
    <message>
        <source>Start from a picture</source>
        <translation>Partir de uma imagem</translation>
    </message>
    <message>
        <source>Can’t be read</source>
        <translation>Ilegível</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>How much of the prompt’s room is used, in pieces of words. Beyond %1 the model reads it in several parts, and single words count less.</source>
        <translation>Quanto do espaço do prompt está em uso, em pedaços de palavras. Além de %1, o modelo o lê em várias partes e cada palavra pesa menos.</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>Criar</translation>
    </message>
</context>
<context>
    <name>likeness::Recipe</name>
    <message>
        <source>seed %1</source>
        <translation>seed %1</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 passos</translation>
    </message>
    <message>
        <source>guidance %1</source>
        <translation>orientação %1</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>learnt for %1 steps</source>
        <translation>aprendido por %1 passos</translation>
    </message>
    <message>
        <source>base model</source>
        <translation>modelo base</translation>
    </message>
    <message>
        <source>Not wanted: %1</source>
        <translation>Evitar: %1</translation>
    </message>
</context>
<context>
    <name>likeness::RemovePhotosCommand</name>
    <message numerus="yes">
        <source>Remove %n photo(s)</source>
        <translation>
            <numerusform>Remover %n foto</numerusform>
            <numerusform>Remover %n fotos</numerusform>
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
        <translation>Abrir a pasta</translation>
    </message>
    <message>
        <source>Copy how to use it</source>
        <translation>Copiar como usar</translation>
    </message>
    <message>
        <source>Copy the prompt</source>
        <translation>Copiar o prompt</translation>
    </message>
    <message>
        <source>A prompt to try:</source>
        <translation>Um prompt para testar:</translation>
    </message>
    <message>
        <source>✓ Written to %1</source>
        <translation>✓ Gravado em %1</translation>
    </message>
    <message>
        <source>How to use it in %1</source>
        <translation>Como usar no %1</translation>
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
        <translation>Minucioso</translation>
    </message>
    <message>
        <source>As you set it</source>
        <translation>Como você ajustou</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 passos</translation>
    </message>
</context>
<context>
    <name>likeness::SampleSettings</name>
    <message>
        <source>With a before picture</source>
        <translation>Com imagem de antes</translation>
    </message>
    <message>
        <source>How often the picture is refined; 20 to 30 is plenty</source>
        <translation>Quantas vezes a imagem é refinada; de 20 a 30 já basta</translation>
    </message>
    <message>
        <source>How closely it follows the prompt; too much looks harsh</source>
        <translation>O quanto ela segue o prompt; em excesso, fica dura</translation>
    </message>
    <message>
        <source>Also lets the base model make each picture from the same seed; takes twice as long</source>
        <translation>O modelo base também cria cada imagem com a mesma seed; leva o dobro do tempo</translation>
    </message>
    <message>
        <source>Makes the class alone, without your subject: it should not look like your subject</source>
        <translation>Cria só a classe, sem o seu assunto: não deve se parecer com ele</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Imagens</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamanho</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Passos</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Orientação</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>As learnt at</source>
        <translation>Aprendido até</translation>
    </message>
    <message>
        <source>Leak test: “%1”</source>
        <translation>Teste de vazamento: “%1”</translation>
    </message>
    <message>
        <source>The model&apos;s</source>
        <translation>O do modelo</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>The best step</source>
        <translation>O melhor passo</translation>
    </message>
    <message>
        <source>The last step</source>
        <translation>O último passo</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Passo %1</translation>
    </message>
    <message>
        <source>Nothing: the base model</source>
        <translation>Nada: o modelo base</translation>
    </message>
    <message>
        <source>Which noise levels the steps go through; Automatic is what the model was made with</source>
        <translation>Por quais níveis de ruído os passos vão; Automático é aquele com que o modelo foi feito</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Cronograma</translation>
    </message>
    <message>
        <source>Compare settings in a grid</source>
        <translation>Comparar ajustes em uma grade</translation>
    </message>
    <message>
        <source>Makes a table of pictures in which one or two settings change</source>
        <translation>Cria uma tabela de imagens em que um ou dois ajustes mudam</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>A imagem</translation>
    </message>
    <message>
        <source>How it is made</source>
        <translation>Como é criada</translation>
    </message>
    <message>
        <source>What was learnt</source>
        <translation>O que foi aprendido</translation>
    </message>
    <message>
        <source>%1 steps · guidance %2 · %3</source>
        <translation>%1 passos · orientação %2 · %3</translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation>Menos ajustes</translation>
    </message>
    <message>
        <source>Steps, guidance, sampler and schedule</source>
        <translation>Passos, orientação, sampler e cronograma</translation>
    </message>
    <message>
        <source>As the picture that it starts from</source>
        <translation>Como a imagem de partida</translation>
    </message>
</context>
<context>
    <name>likeness::SeedField</name>
    <message>
        <source>Throw a new seed</source>
        <translation>Sortear uma nova seed</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>The seed stays; press for a new one every time</source>
        <translation>A seed fica; clique para uma nova a cada vez</translation>
    </message>
    <message>
        <source>A new seed every time; press to keep this one</source>
        <translation>Uma nova seed a cada vez; clique para manter esta</translation>
    </message>
</context>
<context>
    <name>likeness::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Configurações</translation>
    </message>
    <message>
        <source>Helper</source>
        <translation>Assistente</translation>
    </message>
    <message>
        <source>Log and report…</source>
        <translation>Log e relatório…</translation>
    </message>
    <message>
        <source>Look and language</source>
        <translation>Aparência e idioma</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como o sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Escuro</translation>
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
        <translation>Muda na próxima vez que o Likeness for aberto.</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>Cálculo</translation>
    </message>
    <message>
        <source>One for each core</source>
        <translation>Uma por núcleo</translation>
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
        <translation>Threads</translation>
    </message>
    <message>
        <source>Fewer leave room for other programs. Changes when Likeness starts the next time.</source>
        <translation>Menos threads deixam espaço para outros programas. Muda na próxima vez que o Likeness for aberto.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Pastas</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Mudar…</translation>
    </message>
    <message>
        <source>Use the usual one</source>
        <translation>Usar a de sempre</translation>
    </message>
    <message>
        <source>Where new projects go</source>
        <translation>Onde ficam os novos projetos</translation>
    </message>
    <message>
        <source>New projects go to</source>
        <translation>Novos projetos vão para</translation>
    </message>
</context>
<context>
    <name>likeness::SourceStrip</name>
    <message>
        <source>Paint where</source>
        <translation>Pintar onde</translation>
    </message>
    <message>
        <source>Paint over the part that should change; the rest stays as it is</source>
        <translation>Pinte sobre a parte que deve mudar; o resto fica como está</translation>
    </message>
    <message>
        <source>Start from nothing again</source>
        <translation>Partir do zero de novo</translation>
    </message>
    <message>
        <source>How much changes</source>
        <translation>Quanto muda</translation>
    </message>
    <message>
        <source>Changes the painted part of %1</source>
        <translation>Muda a parte pintada de %1</translation>
    </message>
    <message>
        <source>Starts from %1</source>
        <translation>Parte de %1</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Nearly all of it stays</source>
        <translation>Quase tudo fica</translation>
    </message>
    <message>
        <source>Its shapes stay, details change</source>
        <translation>As formas ficam, os detalhes mudam</translation>
    </message>
    <message>
        <source>Its layout stays, the rest is new</source>
        <translation>A composição fica, o resto é novo</translation>
    </message>
    <message>
        <source>Hardly anything of it stays</source>
        <translation>Quase nada fica</translation>
    </message>
</context>
<context>
    <name>likeness::Stage</name>
    <message>
        <source>Opening the model</source>
        <translation>Abrindo o modelo</translation>
    </message>
    <message>
        <source>Reading photos</source>
        <translation>Lendo as fotos</translation>
    </message>
    <message>
        <source>Making prior images</source>
        <translation>Criando imagens de classe</translation>
    </message>
    <message>
        <source>Encoding pictures</source>
        <translation>Codificando imagens</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Treino</translation>
    </message>
    <message>
        <source>Making pictures</source>
        <translation>Criando imagens</translation>
    </message>
    <message>
        <source>Writing the model</source>
        <translation>Gravando o modelo</translation>
    </message>
</context>
<context>
    <name>likeness::StageWords</name>
    <message>
        <source>Without class images.</source>
        <translation>Sem imagens de classe.</translation>
    </message>
    <message>
        <source>With class images from your own folder.</source>
        <translation>Com imagens de classe da sua própria pasta.</translation>
    </message>
    <message>
        <source>%1 class images are made first.</source>
        <translation>%1 imagens de classe são criadas antes.</translation>
    </message>
    <message>
        <source>With %1 class images.</source>
        <translation>Com %1 imagens de classe.</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>Preparando</translation>
    </message>
    <message>
        <source>The first values come in a moment.</source>
        <translation>Os primeiros valores chegam em instantes.</translation>
    </message>
    <message>
        <source>Nothing learnt yet</source>
        <translation>Nada aprendido ainda</translation>
    </message>
    <message>
        <source>Once it learns, this shows how well: falling curves, and small pictures of your subject on the way.</source>
        <translation>Quando o aprendizado começar, você verá aqui como ele vai: curvas que descem e pequenas imagens do seu assunto pelo caminho.</translation>
    </message>
    <message>
        <source>It needs photos of your subject first.</source>
        <translation>Antes, faltam fotos do seu assunto.</translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation>Adicionar fotos</translation>
    </message>
    <message>
        <source>Start learning</source>
        <translation>Começar a aprender</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Na fila</translation>
    </message>
    <message>
        <source>It starts when the job before it is done.</source>
        <translation>Começa quando a tarefa anterior terminar.</translation>
    </message>
    <message>
        <source>Starts when the job before it is done.</source>
        <translation>Começa quando a tarefa anterior terminar.</translation>
    </message>
    <message>
        <source>Don&apos;t start</source>
        <translation>Não começar</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Em pausa</translation>
    </message>
    <message>
        <source>Go on whenever you like.</source>
        <translation>Continue quando quiser.</translation>
    </message>
    <message>
        <source>Paused at step %1. Nothing is lost.</source>
        <translation>Em pausa no passo %1. Nada se perde.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Parando</translation>
    </message>
    <message>
        <source>It saves what was learnt.</source>
        <translation>Salvando o que foi aprendido.</translation>
    </message>
    <message>
        <source>It stopped before the end, and can go on exactly as if it had not.</source>
        <translation>Parou antes do fim e pode continuar exatamente como se não tivesse parado.</translation>
    </message>
    <message>
        <source>Go on from step %1</source>
        <translation>Continuar do passo %1</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>Recomeçar</translation>
    </message>
    <message>
        <source>Learnt. See what it can do, or learn once more.</source>
        <translation>Aprendido. Veja do que é capaz ou treine mais uma vez.</translation>
    </message>
    <message>
        <source>Make pictures</source>
        <translation>Criar imagens</translation>
    </message>
    <message>
        <source>Learn again</source>
        <translation>Aprender de novo</translation>
    </message>
    <message>
        <source>The last run ended before it could be saved.</source>
        <translation>O último treino terminou antes de poder ser salvo.</translation>
    </message>
    <message>
        <source>One class image is made first.</source>
        <translation>Uma imagem de classe é criada antes.</translation>
    </message>
</context>
<context>
    <name>likeness::StartMenu</name>
    <message>
        <source>The picture that is shown</source>
        <translation>A imagem exibida</translation>
    </message>
    <message>
        <source>A photo of the subject</source>
        <translation>Uma foto do assunto</translation>
    </message>
    <message>
        <source>A file …</source>
        <translation>Um arquivo…</translation>
    </message>
    <message>
        <source>Start from a picture</source>
        <translation>Partir de uma imagem</translation>
    </message>
</context>
<context>
    <name>likeness::StartPage</name>
    <message>
        <source>Drop three to five photos of one subject</source>
        <translation>Solte de três a cinco fotos de um só assunto</translation>
    </message>
    <message>
        <source>A pet, a person, a thing you made. Likeness learns what it looks like and then makes new pictures of it. Your photos stay on this computer, untouched.</source>
        <translation>Um bicho de estimação, uma pessoa, algo que você fez. O Likeness aprende como é e depois cria novas imagens. Suas fotos ficam neste computador, intactas.</translation>
    </message>
    <message>
        <source>Choose photos…</source>
        <translation>Escolher fotos…</translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation>Abrir um projeto…</translation>
    </message>
    <message>
        <source>Choose photos of one subject</source>
        <translation>Escolha fotos de um só assunto</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Projetos recentes</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Abrir %1</translation>
    </message>
    <message>
        <source>See it happen with a demo dog</source>
        <translation>Ver com um cachorro de exemplo</translation>
    </message>
    <message>
        <source>Makes a project, trains it with the built-in model and makes pictures: a few minutes</source>
        <translation>Cria um projeto, treina com o modelo embutido e cria imagens: poucos minutos</translation>
    </message>
    <message>
        <source>Show me around</source>
        <translation>Fazer um tour</translation>
    </message>
    <message>
        <source>Go on with</source>
        <translation>Continuar com</translation>
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
        <translation>Produto</translation>
    </message>
    <message>
        <source>Pet</source>
        <translation>Pet</translation>
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
        <translation>Etapa %1: %2</translation>
    </message>
    <message>
        <source>done</source>
        <translation>pronto</translation>
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
        <translation>Etapas</translation>
    </message>
</context>
<context>
    <name>likeness::SubjectCommand</name>
    <message>
        <source>Change the words</source>
        <translation>Mudar as palavras</translation>
    </message>
</context>
<context>
    <name>likeness::SubjectFields</name>
    <message>
        <source>An everyday word that the base model knows.</source>
        <translation>Uma palavra do dia a dia que o modelo base conhece.</translation>
    </message>
    <message>
        <source>A rare word that means nothing yet, so that it can come to mean your subject alone</source>
        <translation>Uma palavra rara que ainda não significa nada, para que passe a significar só o seu assunto</translation>
    </message>
    <message>
        <source>It is a</source>
        <translation>É um(a)</translation>
    </message>
    <message>
        <source>Call it</source>
        <translation>Chame de</translation>
    </message>
    <message>
        <source>One rare token, written as</source>
        <extracomment>The sentence goes on with the chip [V] and &quot;in prompts.&quot;</extracomment>
        <translation>Um token raro, escrito como</translation>
    </message>
    <message>
        <source>in prompts.</source>
        <translation>nos prompts.</translation>
    </message>
</context>
<context>
    <name>likeness::SubjectPage</name>
    <message>
        <source>Subject</source>
        <translation>Assunto</translation>
    </message>
    <message>
        <source>Continue to prior images</source>
        <translation>Seguir para as imagens de classe</translation>
    </message>
    <message>
        <source>Who or what should be learnt?</source>
        <translation>Quem ou o que deve ser aprendido?</translation>
    </message>
    <message>
        <source>Three to five photos from different sides, in different light. Originals stay untouched.</source>
        <translation>De três a cinco fotos, de lados diferentes, com luzes diferentes. Os originais ficam intactos.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Refazer</translation>
    </message>
    <message>
        <source>Photos of the subject</source>
        <translation>Fotos do assunto</translation>
    </message>
    <message>
        <source>No photos yet</source>
        <translation>Nenhuma foto ainda</translation>
    </message>
    <message>
        <source>Drop photos or a folder anywhere on this window.</source>
        <translation>Solte fotos ou uma pasta em qualquer lugar desta janela.</translation>
    </message>
    <message>
        <source>Choose photos…</source>
        <translation>Escolher fotos…</translation>
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
        <translation>Mais algumas fotos ajudariam: uma só pose é fácil de decorar.</translation>
    </message>
    <message>
        <source>Many photos are fine, but the best five usually teach as much.</source>
        <translation>Muitas fotos não atrapalham, mas as cinco melhores costumam ensinar o mesmo.</translation>
    </message>
    <message>
        <source>Choose photos of one subject</source>
        <translation>Escolha fotos de um só assunto</translation>
    </message>
    <message>
        <source>Train with the captions</source>
        <translation>Treinar com legendas</translation>
    </message>
    <message>
        <source>Each photo is shown under its own words in place of &quot;a photo of&quot; and the subject</source>
        <translation>Cada foto é mostrada com suas próprias palavras em vez de “a photo of” e o assunto</translation>
    </message>
    <message>
        <source>Ask the helper…</source>
        <translation>Perguntar ao assistente…</translation>
    </message>
    <message>
        <source>Your own server describes photos, suggests words, answers questions</source>
        <translation>Seu próprio servidor descreve fotos, sugere palavras, responde perguntas</translation>
    </message>
    <message>
        <source>Centre all</source>
        <translation>Centralizar</translation>
    </message>
    <message>
        <source>Moves each photo&apos;s square to what stands out in it</source>
        <translation>Leva o quadrado de cada foto ao que se destaca nela</translation>
    </message>
    <message>
        <source>Nothing stands out more than where the square is already.</source>
        <translation>Nada se destaca mais do que onde o quadrado já está.</translation>
    </message>
    <message>
        <source>The helper is off. Give the address of a server of your own in the settings.</source>
        <translation>O assistente está desligado. Informe nas configurações o endereço de um servidor seu.</translation>
    </message>
</context>
<context>
    <name>likeness::TokenField</name>
    <message>
        <source>It needs a name, for example sks.</source>
        <translation>Precisa de um nome, por exemplo sks.</translation>
    </message>
    <message>
        <source>Use one word of letters and digits, for example sks.</source>
        <translation>Use uma só palavra de letras e números, por exemplo sks.</translation>
    </message>
    <message>
        <source>Shorter is better: long words fall apart into pieces that already mean something.</source>
        <translation>Mais curto é melhor: palavras longas se quebram em pedaços que já significam algo.</translation>
    </message>
</context>
<context>
    <name>likeness::Tour</name>
    <message>
        <source>Next</source>
        <translation>Próximo</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>A look around</source>
        <translation>Um tour rápido</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Pular</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Mostre</translation>
    </message>
    <message>
        <source>Drop a few photos of your pet, a person or a thing. Choose the square that is learnt, and say what it is.</source>
        <translation>Solte algumas fotos do seu pet, de uma pessoa ou de uma coisa. Escolha o quadrado que será aprendido e diga o que é.</translation>
    </message>
    <message>
        <source>Keep the rest</source>
        <translation>Preserve o resto</translation>
    </message>
    <message>
        <source>Likeness makes pictures of other such things, so that every dog doesn&apos;t become yours. Reject the bad ones.</source>
        <translation>O Likeness cria imagens de outros do mesmo tipo, para que nem todo cachorro vire o seu. Rejeite as ruins.</translation>
    </message>
    <message>
        <source>Let it learn</source>
        <translation>Deixe aprender</translation>
    </message>
    <message>
        <source>Choose how thorough. You see previews on the way, can pause, and keep the best moment.</source>
        <translation>Escolha o grau de cuidado. Você vê prévias pelo caminho, pode pausar e fica com o melhor momento.</translation>
    </message>
    <message>
        <source>Make pictures</source>
        <translation>Crie imagens</translation>
    </message>
    <message>
        <source>Write where your subject is and what it does; [V] stands for it. Change words, light, style, seed.</source>
        <translation>Escreva onde está o seu assunto e o que ele faz; [V] o representa. Mude palavras, luz, estilo, seed.</translation>
    </message>
    <message>
        <source>Take it along</source>
        <translation>Leve com você</translation>
    </message>
    <message>
        <source>Write it out for the program that you use: ComfyUI, AUTOMATIC1111, InvokeAI or diffusers.</source>
        <translation>Grave para o programa que você usa: ComfyUI, AUTOMATIC1111, InvokeAI ou diffusers.</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Etapa %1 de %2</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Pronto</translation>
    </message>
</context>
<context>
    <name>likeness::TrainingPage</name>
    <message>
        <source>Training</source>
        <translation>Treino</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>passo %1 de %2</translation>
    </message>
    <message>
        <source>Learning your subject</source>
        <translation>Aprendendo o seu assunto</translation>
    </message>
    <message>
        <source>Step %1 · %2</source>
        <translation>Passo %1 · %2</translation>
    </message>
    <message>
        <source>Learning %1</source>
        <translation>Aprendendo %1</translation>
    </message>
    <message>
        <source>waits for its turn</source>
        <translation>espera a vez</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>começando</translation>
    </message>
    <message>
        <source>paused at step %1</source>
        <translation>em pausa no passo %1</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>parando</translation>
    </message>
    <message>
        <source>stopped at step %1</source>
        <translation>parou no passo %1</translation>
    </message>
    <message>
        <source>%1 steps learnt</source>
        <translation>%1 passos aprendidos</translation>
    </message>
    <message>
        <source>Since step %1 it learns the photos by heart. The best checkpoint is kept; you may stop here.</source>
        <translation>Desde o passo %1, as fotos estão sendo decoradas. O melhor checkpoint está guardado; você pode parar aqui.</translation>
    </message>
</context>
<context>
    <name>likeness::WarningCard</name>
    <message>
        <source>Validation has stopped falling</source>
        <translation>A validação parou de cair</translation>
    </message>
    <message>
        <source>Good to know</source>
        <translation>Bom saber</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Teaches Stable Diffusion one subject from a few photos and makes pictures of it.</source>
        <translation>Ensina um assunto ao Stable Diffusion com poucas fotos e cria imagens dele.</translation>
    </message>
    <message>
        <source>The project to open.</source>
        <translation>O projeto a abrir.</translation>
    </message>
    <message>
        <source>Threads for computing; 0: one a core.</source>
        <translation>Threads de cálculo; 0: uma por núcleo.</translation>
    </message>
</context>
</TS>

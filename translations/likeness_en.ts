<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>likeness::AddPhotosCommand</name>
    <message>
        <source>Add photos</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::BeforeAfter</name>
    <message>
        <source>The picture, and what the base model made of the same seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::CaptionCommand</name>
    <message>
        <source>Change the caption</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::CentreCommand</name>
    <message>
        <source>Centre on the subject</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::ChartCard</name>
    <message>
        <source>Instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prior</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the learning rate, on an axis of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much the thick lines are smoothed; the faint ones are what was measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the chart as a picture, a PDF or a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table of all values (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::ChartReadout</name>
    <message>
        <source>measured %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prior</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::ComposePage</name>
    <message>
        <source>Compose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures of this batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures made earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is learnt yet, so pictures come from the base model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n pictures</source>
        <translation>
            <numerusform>%n pictures</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message>
        <source>Search, star, compare and remove pictures (Ctrl+L)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your pictures appear here. Drop one to start from it, or to get its recipe back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mask can’t be written to %1. Free some space there, or allow writing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any %1 is fine: the word still means all of them. If these look like %2, it was overwritten; train with more prior images, or fewer steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All pictures · %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 carries no recipe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start from this picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint where it should change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No favourite any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use its settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use its settings: it carries none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add it to the photos of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1”, seed %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 can’t be read as a picture. Choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::CropCommand</name>
    <message>
        <source>Change the square</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::CropEditor</name>
    <message>
        <source>Square that is trained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow keys move it, plus and minus change its size, R turns the photo, C moves it to what stands out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::CurveKey</name>
    <message>
        <source>Show or hide this curve</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::Demo</name>
    <message>
        <source>The demo&apos;s photos can&apos;t be written to %1. Make room there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::Estimate</name>
    <message>
        <source>about %1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::ExportPage</name>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to take along yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Once your subject is learnt, it can be used in other programs too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where will you use it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As learnt at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Into a new folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The best, step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last, step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where should the model&apos;s folder go?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This folder already holds something. Choose a new one; nothing is overwritten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder in the diffusers layout with everything that pictures need. Your photos stay here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes a little over %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Into a new file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Into which folder should the file go?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is such a file already. Choose another name; nothing is overwritten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One small file with what was learnt, to be used with the model that you began with. Your photos stay here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One small file with what the new word means, to be used with the model that you began with. Your photos stay here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file with the whole model in half precision, which that program computes in. Your photos stay here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::ExportTarget</name>
    <message>
        <source>In the model manager choose “Add models”, give the folder %1, and install it. Then write: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Likeness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the folder %1 to the other computer and begin a project with it as its model. Then write: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file, for models/Stable-diffusion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the file %1 into models/Stable-diffusion of that program, press the blue arrows beside its list of checkpoints and choose it there. Then write: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file, for models/checkpoints</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the file %1 into ComfyUI/models/checkpoints, press R in the window and choose it in “Load Checkpoint”. Then write: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder, for its model manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A LoRA, for models/Lora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the file %1 into models/Lora of that program, and choose the checkpoint that you began with. Then write: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A LoRA, for models/loras</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the file %1 into ComfyUI/models/loras, press R in the window and choose it in “Load LoRA” behind the checkpoint that you began with. Then write: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A LoRA, for its model manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the model manager choose “Add models”, give the file %1, and add it to the model that you began with. Then write: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A word, for embeddings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the file %1 into the folder embeddings of that program, and choose the checkpoint that you began with. The file&apos;s name is the word. Then write: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A word, for models/embeddings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the file %1 into ComfyUI/models/embeddings, press R in the window and load the checkpoint that you began with. Then write: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A word, for its model manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the model manager choose “Add models”, give the file %1, and use it with the model that you began with. The file&apos;s name is the word. Then write: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A word, for programs in Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder, for programs in Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder, the model of a new project</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::FileChoice</name>
    <message>
        <source>Photos (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::Format</name>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::GridBuilder</name>
    <message>
        <source>Guidance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers, or a range such as 2-8 (+2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers, or a range such as 10-50 (+10)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers, or a range such as 1-4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names of samplers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words of the prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words that are in the prompt, then what takes their place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Between 0 and 1; needs a picture to start from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As learnt at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps of the training, or base, best, last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LoRA weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers; the prompt must name a LoRA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The prompt names no LoRA yet: write &lt;lora:its name:1&gt; into it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a picture to start from first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, all from the same seed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::GridTable</name>
    <message>
        <source>Grid of pictures</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::HeaderBar</name>
    <message>
        <source>What Likeness computes on, and how much of the memory it uses now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project %1, menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The base model that this project starts from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>CPU, %n core(s)</source>
        <translation>
            <numerusform>CPU, %n core</numerusform>
            <numerusform>CPU, %n cores</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2 of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change to light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change to dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help and shortcuts (F1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings (Ctrl+,)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::HelpPanel</name>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show me around</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log and report…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Three to five photos teach more than thirty alike ones. Show the subject whole, from different sides, in different places. The word says what it is; the token becomes its name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste photos or a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the chosen photo out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the photo: move the square; Shift: further</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the photo: larger or smaller square</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the photo: turn it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the photo: centre on what stands out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the helper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prior images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures of any such thing keep the word for all of them. Without them, every dog becomes your dog. Reject the ones that went wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the chosen picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the next picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See it large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dashed line tells most: when it turns upwards, the photos are being learnt by heart. Stop and keep the checkpoint before the turn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause or go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>[V] stands for your subject. Say where it is, in what light, and in which style. The same seed gives the same picture again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the gallery: see it large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose where you will use it; Likeness writes what that program reads, reads it back and compares.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop three to five photos of one subject anywhere on this window. The demo shows the whole way in a few minutes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::HelperClient</name>
    <message numerus="yes">
        <source>%1 has said nothing for %n second(s). Look whether the server is busy, then ask again.</source>
        <translation>
            <numerusform>%1 has said nothing for %n second. Look whether the server is busy, then ask again.</numerusform>
            <numerusform>%1 has said nothing for %n seconds. Look whether the server is busy, then ask again.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 did not come to an end. Ask for something shorter, or use a quicker model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 sends more than an answer can be. Is it the right server?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 says: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 answered, but not as a chat server does. Look whether the address is right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 wants to send Likeness on to another address, where it doesn&apos;t go. Give the right address in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 answered with error %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 knows no chat completions. Look whether the address is right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 answered with error %2. Look into the server&apos;s own messages, then ask again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing answers at %1. Start the server, or correct the address in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 can&apos;t show that it is what it says (its certificate). Use http:// for a server on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to %1 broke off. Look whether the server still runs, then ask again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::HelperForm</name>
    <message>
        <source>Let Likeness ask a server of mine about pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can describe photos, suggest words and prompts, and look for what is unsafe to show. It needs a server that speaks like OpenAI&apos;s and reads pictures: llama.cpp, Ollama, vLLM. A picture is sent only when you ask about it, made smaller, and only to this address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model (may stay empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It answers: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A short question without a picture was sent to %1 …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::HelperPanel</name>
    <message>
        <source>Ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use as caption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the helper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture that is asked about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Describe it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One sentence that can become the photo&apos;s caption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One everyday word for the subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Think of prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Five ideas for new pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Safe to show?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks for what not everybody should see</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Describe all photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A caption for each photo that has none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks through all photos and the newest pictures for what is unsafe to show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or ask something of your own …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer comes here, word by word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done. Undo takes it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 × %3, was sent to %4. Waiting for the answer …</source>
        <extracomment>%1 is &quot;Photo 2&quot;, %2 × %3 pixels, %4 an address</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 × %3, goes to %4 when you ask. Nothing else leaves Likeness.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The helper is off. Settings tells how to switch it on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only your words go to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every photo has a caption already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your words were sent to %1. Waiting for the answer …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Better look at this one yourself before you show it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written by a model: it can be wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was found. A model can be wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Look at %n picture(s) yourself before you show them.</source>
        <translation>
            <numerusform>Look at %n picture yourself before you show it.</numerusform>
            <numerusform>Look at %n pictures yourself before you show them.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped. What was sent before can&apos;t be taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use &quot;%1&quot;</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::HelperSettings</name>
    <message>
        <source>Give the server&apos;s address, for example http://localhost:8080.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is no address of a server. It begins with http:// or https://.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the address alone, without a name, a password or a question mark.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::JobBar</name>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making prior images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause or go on (Ctrl+Shift+P)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a picture with what is learnt so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a checkpoint now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End here and keep what is learnt; it can go on later</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 steps/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel “%1”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::LearningCard</name>
    <message>
        <source>How it learns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes count from the next run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full DreamBooth: the part that paints and the part that reads both learn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>All settings (%n changed)</source>
        <translation>
            <numerusform>All settings (%n changed)</numerusform>
            <numerusform>All settings (%n changed)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::LogPanel</name>
    <message>
        <source>Log and report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If something goes wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send this to somebody who can help. It is exactly what you see: no picture, and the names of people, folders and files are taken out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be saved there. Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::LossChart</name>
    <message>
        <source>The chart could not be written to %1. Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Losses over the steps of training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prior</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::MadePictures</name>
    <message>
        <source>A picture in the making</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::MainWindow</name>
    <message>
        <source>%1 – Likeness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasted %1.png</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::MaskCanvas</name>
    <message>
        <source>Mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint over what should change. Brackets change the brush, E erases, I inverts, Delete clears, arrows move the brush, Space paints.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::MaskStage</name>
    <message>
        <source>Paint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint over what should change. The rest stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was painted stays, the rest changes (I)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>[ and ] or the wheel change the brush, E or the right button erases, Shift draws a line, Ctrl and the wheel look closer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::NewProjectForm</name>
    <message>
        <source>Begin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos of the new project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is a</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One everyday word for what it is, in English.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message>
        <source>My %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It becomes a folder in %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new subject</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::NoticeBanner</name>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::NounField</name>
    <message>
        <source>dog, teapot, person …</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::OptionRow</name>
    <message>
        <source>made from the subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::OptionWords</name>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate of the text part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text part learns until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Course of the rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steady</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Falling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batches a step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight of the class images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bf16, fast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fp32, exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the square</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved states to keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As this computer is fastest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What learns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A LoRA beside it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention to the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The way up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rank of the LoRA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alpha of the LoRA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alpha divided by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The root of the rank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dropout of the LoRA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers with a LoRA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention and feed-forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All linear ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rank for convolutions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alpha for convolutions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length apart from direction (DoRA)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rate of the second half (LoRA+)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Falling in a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Falling again and again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Falling by a power</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Falling late</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fp16, with scaled losses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new word for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights that don&apos;t learn in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights that learn in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends after validations without a better one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ranks of parts of the picture part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rates of parts of the picture part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Square</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Huber</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smooth L1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Course of Huber&apos;s bound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exponential</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Huber&apos;s bound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Min-SNR gamma</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Debiased weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Noise levels drawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The middle more often</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evenly spread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AdamW, 8 bit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adafactor sets its rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale of Prodigy&apos;s rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prodigy starts carefully</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prodigy leaves the warm-up out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Average of the weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Average warms up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Average&apos;s warm-up begins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Power of the average&apos;s warm-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vectors of the new word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The new word starts as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate of the new word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay of the new word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the new word&apos;s size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save memory, take longer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::PhotoPanel</name>
    <message>
        <source>Rotate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The square as it is trained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bright square is exactly what is trained.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A quarter turn clockwise (R)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The largest square, in the middle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it out of the project (Delete). Undo brings it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As it is trained, %1 × %2 pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Widest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caption of the photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caption, if you like: a photo of [V] dog on a rug</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What changes from photo to photo: place, pose, light. [V] stands for the subject.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moves the square to what stands out in the photo (C)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show more of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Widen the square</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::PhotoTiles</name>
    <message>
        <source>Photo %1, %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop more here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG, HEIC, RAW, TIFF …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or click to choose photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose more photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Much is cut off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Much like another</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too small</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can&apos;t be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Won&apos;t work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at it …</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::PictureLibrary</name>
    <message numerus="yes">
        <source>%n pictures</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved %n pictures to the project’s removed ones.</source>
        <translation>
            <numerusform>Moved %n picture to the project’s removed ones.</numerusform>
            <numerusform>Moved %n pictures to the project’s removed ones.</numerusform>
        </translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Favourite (F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare two (C)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy (Ctrl+C)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove (Delete)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start from this picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two pictures, compared with a slider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chosen picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pictures yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No favourites here. The star, or F, makes one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No prompt has these words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::PictureStage</name>
    <message>
        <source>Base model · seed %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without [V] · seed %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With %1 · seed %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes over prompt, seed and settings of this picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start from this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes the next pictures from this one, in part or as a whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before · %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The base model’s picture, to compare with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A rough look; it sharpens towards the end</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::PreviewStrip</name>
    <message>
        <source>Previews by step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which preview prompt</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::PreviewTile</name>
    <message>
        <source>Preview at step %1, the best checkpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview at step %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::PriorSheet</name>
    <message>
        <source>Prior images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prior image %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2 · K keep, R reject, arrows for others, Esc back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::PriorsPage</name>
    <message>
        <source>Prior images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue to training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos of other subjects of the same kind, from a folder of yours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>K keep · R reject · Enter look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many prior images there should be. One or two hundred is plenty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder of other subjects of the same kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n of your own</source>
        <translation>
            <numerusform>%n of your own</numerusform>
            <numerusform>%n of your own</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kept</source>
        <translation>
            <numerusform>%n kept</numerusform>
            <numerusform>%n kept</numerusform>
        </translation>
    </message>
    <message>
        <source>subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What other %1 look like</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From your folder %1. Without them every %2 becomes your %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made by the base model from “a photo of %1”. Without them every %2 becomes your %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No prior images yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reused %1, making %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 kept, %2 rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Replace the %n rejected</source>
        <translation>
            <numerusform>Replace the %n rejected</numerusform>
            <numerusform>Replace the %n rejected</numerusform>
        </translation>
    </message>
    <message>
        <source>Make them instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a folder of mine…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Make %n image(s)</source>
        <translation>
            <numerusform>Make %n image</numerusform>
            <numerusform>Make %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Make %n more</source>
        <translation>
            <numerusform>Make %n more</numerusform>
            <numerusform>Make %n more</numerusform>
        </translation>
    </message>
    <message>
        <source>The base model paints other %1, so that training keeps them in mind. Look through them and reject the bad ones.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::PromptBar</name>
    <message>
        <source>Add [V]</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the picture should show; [V] stands for your subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say what the picture should show; [V] stands for your subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fills in a prompt; press again for another</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blurry, text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not wanted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without your subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start from a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can’t be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of the prompt’s room is used, in pieces of words. Beyond %1 the model reads it in several parts, and single words count less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::Recipe</name>
    <message>
        <source>seed %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>guidance %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>learnt for %1 steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>base model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not wanted: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::RemovePhotosCommand</name>
    <message numerus="yes">
        <source>Remove %n photo(s)</source>
        <translation>
            <numerusform>Remove %n photo</numerusform>
            <numerusform>Remove %n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ResultCard</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy how to use it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A prompt to try:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Written to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to use it in %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::RunLength</name>
    <message>
        <source>Quick</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balanced, recommended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As you set it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::SampleSettings</name>
    <message>
        <source>With a before picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often the picture is refined; 20 to 30 is plenty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How closely it follows the prompt; too much looks harsh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also lets the base model make each picture from the same seed; takes twice as long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes the class alone, without your subject: it should not look like your subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As learnt at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leak test: “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The best step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing: the base model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which noise levels the steps go through; Automatic is what the model was made with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare settings in a grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes a table of pictures in which one or two settings change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How it is made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was learnt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 steps · guidance %2 · %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps, guidance, sampler and schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the picture that it starts from</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::SeedField</name>
    <message>
        <source>Throw a new seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The seed stays; press for a new one every time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new seed every time; press to keep this one</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Helper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log and report…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look and language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes when Likeness starts the next time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One for each core</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>CPU, %n core(s)</source>
        <translation>
            <numerusform>CPU, %n core</numerusform>
            <numerusform>CPU, %n cores</numerusform>
        </translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer leave room for other programs. Changes when Likeness starts the next time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the usual one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where new projects go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New projects go to</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::SourceStrip</name>
    <message>
        <source>Paint where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint over the part that should change; the rest stays as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start from nothing again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes the painted part of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts from %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nearly all of it stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its shapes stay, details change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its layout stays, the rest is new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hardly anything of it stays</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::Stage</name>
    <message>
        <source>Opening the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making prior images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoding pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing the model</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::StageWords</name>
    <message>
        <source>Without class images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With class images from your own folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 class images are made first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With %1 class images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first values come in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing learnt yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Once it learns, this shows how well: falling curves, and small pictures of your subject on the way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It needs photos of your subject first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start learning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It starts when the job before it is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts when the job before it is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Don&apos;t start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on whenever you like.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused at step %1. Nothing is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It saves what was learnt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It stopped before the end, and can go on exactly as if it had not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on from step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learnt. See what it can do, or learn once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last run ended before it could be saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One class image is made first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::StartMenu</name>
    <message>
        <source>The picture that is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A photo of the subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start from a picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::StartPage</name>
    <message>
        <source>Drop three to five photos of one subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pet, a person, a thing you made. Likeness learns what it looks like and then makes new pictures of it. Your photos stay on this computer, untouched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose photos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose photos of one subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See it happen with a demo dog</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes a project, trains it with the built-in model and makes pictures: a few minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show me around</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::Starter</name>
    <message>
        <source>Portrait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Product</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Style</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::StepButton</name>
    <message>
        <source>Step %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::StepRail</name>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::SubjectCommand</name>
    <message>
        <source>Change the words</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::SubjectFields</name>
    <message>
        <source>An everyday word that the base model knows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A rare word that means nothing yet, so that it can come to mean your subject alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is a</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One rare token, written as</source>
        <extracomment>The sentence goes on with the chip [V] and &quot;in prompts.&quot;</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in prompts.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::SubjectPage</name>
    <message>
        <source>Subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue to prior images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who or what should be learnt?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Three to five photos from different sides, in different light. Originals stay untouched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos of the subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No photos yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop photos or a folder anywhere on this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose photos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) of %1</source>
        <translation>
            <numerusform>%n photo of %1</numerusform>
            <numerusform>%n photos of %1</numerusform>
        </translation>
    </message>
    <message>
        <source>A few more photos would help: one pose is easily learnt by heart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Many photos are fine, but the best five usually teach as much.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose photos of one subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train with the captions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each photo is shown under its own words in place of &quot;a photo of&quot; and the subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the helper…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own server describes photos, suggests words, answers questions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centre all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moves each photo&apos;s square to what stands out in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing stands out more than where the square is already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The helper is off. Give the address of a server of your own in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::TokenField</name>
    <message>
        <source>It needs a name, for example sks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use one word of letters and digits, for example sks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorter is better: long words fall apart into pieces that already mean something.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::Tour</name>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A look around</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a few photos of your pet, a person or a thing. Choose the square that is learnt, and say what it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Likeness makes pictures of other such things, so that every dog doesn&apos;t become yours. Reject the bad ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let it learn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose how thorough. You see previews on the way, can pause, and keep the best moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write where your subject is and what it does; [V] stands for it. Change words, light, style, seed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it along</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it out for the program that you use: ComfyUI, AUTOMATIC1111, InvokeAI or diffusers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::TrainingPage</name>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning your subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits for its turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 steps learnt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since step %1 it learns the photos by heart. The best checkpoint is kept; you may stop here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>likeness::WarningCard</name>
    <message>
        <source>Validation has stopped falling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good to know</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Teaches Stable Diffusion one subject from a few photos and makes pictures of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project to open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads for computing; 0: one a core.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>

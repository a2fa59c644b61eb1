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
        <source>Your pictures appear here.</source>
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
        <source>Arrow keys move it, plus and minus change its size, R turns the photo</source>
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
</context>
<context>
    <name>likeness::ExportTarget</name>
    <message>
        <source>diffusers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For programs in Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>InvokeAI</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it can use the model that you began with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the model manager choose “Add models”, give the folder %1, and install it. Then write: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Likeness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the model of a new project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the folder %1 to the other computer and begin a project with it as its model. Then write: %2</source>
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

#include "core/engine/job_list.h"
#include "core/engine/project_pictures.h"
#include "core/project/project_subjects.h"
#include "core/text/prompt.h"
#include "core/text/prompt_chunks.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr int kChunkEnds = 2;  // the tokens that begin and end a chunk

std::string countedPictures(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " picture" : " pictures");
}

}  // namespace

Finished runJob(const MarkPictures& spec, JobContext& context, Studio& studio) {
  const auto project = Project::open(spec.project).value();
  markPictures(project.picturesFolder(), spec.pictures, spec.favourite).value();
  sendProject(project, context, studio);
  return succeeded("Saved.");
}

Finished runJob(const RemovePictures& spec, JobContext& context, Studio& studio) {
  const auto project = Project::open(spec.project).value();
  const auto removed = project.removedFolder() / "pictures";
  const auto made = project.picturesFolder();
  if (!spec.restore) makeFolder(project.removedFolder()).value();
  auto moved = spec.restore ? movePictures(removed, made, spec.pictures) : movePictures(made, removed, spec.pictures);
  sendProject(project, context, studio);  // also after some of them could not be moved
  auto files = std::move(moved).value();
  const auto words = countedPictures(files.size());
  return succeeded(spec.restore ? "Brought " + words + " back." : "Moved " + words + " to " + removed.string() + ".",
                   std::move(files));
}

Finished runJob(const MeasurePrompt& spec, JobContext& context, Studio& studio) {
  const auto project = Project::open(spec.project).value();
  const auto tokens = subjectTokens(project.content());
  PromptMeasured answer{spec.prompt, 0, 1, 75, {}};
  const auto tokenizer = studio.tokenizers.tokenizerOf(project.content().model).value();
  answer.chunkTokens = static_cast<int>(tokenizer->maxLength()) - kChunkEnds;
  auto length = checkSubjectMarks(spec.prompt, tokens.size()).ok()
                    ? measurePrompt(*tokenizer, resolvePrompt(spec.prompt, tokens))
                    : Result<PromptLength>(checkSubjectMarks(spec.prompt, tokens.size()).error());
  if (length.ok()) {
    answer.tokens = static_cast<int>(length->tokens);
    answer.chunks = static_cast<int>(length->chunks);
  } else {
    answer.complaint = length.error().message;
  }
  context.events.send(std::move(answer));
  return succeeded({});
}

}  // namespace likeness

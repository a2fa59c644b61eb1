#include "core/data/crop.h"
#include "core/data/findings.h"
#include "core/data/photo_reader.h"
#include "core/engine/base_model.h"
#include "core/engine/job_list.h"
#include "core/engine/new_photos.h"
#include "core/project/presets.h"
#include "core/project/project_subjects.h"
#include "core/project/yaml_file.h"
#include "core/text/prompt.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

Finished changed(const Project& project, JobContext& context, Studio& studio, std::string summary) {
  sendProject(project, context, studio);
  return succeeded(std::move(summary));
}

// Applies a change to project.yaml and answers with the new state.
Finished editProject(const fs::path& folder, JobContext& context, Studio& studio,
                     const std::function<Result<void>(ProjectFile&)>& change) {
  auto project = Project::open(folder).value();
  project.edit(change).value();
  return changed(project, context, studio, "Saved.");
}

}  // namespace

Finished runJob(const NewProject& spec, JobContext& context, Studio& studio) {
  ProjectFile content;
  content.classNoun = spec.classNoun;
  content.token = spec.token;
  if (!spec.model.empty()) content.model = fs::absolute(spec.model).lexically_normal();
  checkClassNoun(content.classNoun).value();
  checkToken(content.token).value();
  const auto tokenizer = checkModel(content.model).value();
  if (!spec.preset.empty()) {
    const auto preset = presetOptions(spec.preset, presetFamilyOf(content.model).value()).value();
    applyTrainOptions(content.train, preset.options).value();
    context.notice("preset", preset.sentence);
  }
  if (const auto advice = checkIdentifierToken(tokenizer, content.token).value(); !advice.empty())
    context.warn("token", advice);
  const auto files = findPhotoFiles(spec.photos);
  const auto resolution = resolutionOf(content.model, content.train).value();
  warnOfPhotos(files, resolution, context);
  const auto project = Project::create(spec.project, std::move(content), files).value();
  sendProject(project, context, studio);
  return succeeded("Made the project " + project.folder().string() + " with " + countText(files.size()) + ".",
                   {project.folder()});
}

Finished runJob(const OpenProject& spec, JobContext& context, Studio& studio) {
  const auto project = Project::open(spec.project).value();
  for (const auto& warning : project.content().warnings) context.warn("unknown_key", warning);
  if (const auto more = project.content().furtherSubjects.size(); more > 0) {
    context.notice("subjects", "The project has " + std::to_string(more + 1) + " subjects, " +
                                   subjectWords(project.content()) +
                                   "; all are trained. likeness-cli add-subject and remove-subject change the others.");
  }
  return changed(project, context, studio, "Opened " + project.folder().string() + ".");
}

Finished runJob(const AddPhotos& spec, JobContext& context, Studio& studio) {
  auto project = Project::open(spec.project).value();
  const auto files = listPhotoFiles(spec.photos).value();
  const auto resolution = resolutionOf(project.content().model, project.content().train).value();
  std::vector<fs::path> usable;
  std::optional<Error> refused;
  for (const auto& photo : examine(files, resolution, context)) {
    if (!isUnreadable(photo)) {
      usable.push_back(photo.file);
    } else {
      context.warn("photo_refused", photo.finding.sentence);
      if (!refused) refused = unusable(photo);
    }
  }
  if (usable.empty()) {
    throw ErrorException(refused.value_or(Error{
        ErrorCode::NotFound, "There is no photo in what was dropped. Drop picture files, or folders that have some."}));
  }
  project.addPhotos(usable).value();
  return changed(project, context, studio, "Added " + countText(usable.size()) + ".");
}

Finished runJob(const RemovePhotos& spec, JobContext& context, Studio& studio) {
  auto project = Project::open(spec.project).value();
  project.removePhotos(spec.photos).value();
  return changed(project, context, studio, "Removed " + countText(spec.photos.size()) + ".");
}

Finished runJob(const SetCrop& spec, JobContext& context, Studio& studio) {
  auto project = Project::open(spec.project).value();
  project.setCrop(spec.photo, spec.crop).value();
  return changed(project, context, studio, "Saved.");
}

Finished runJob(const SetSubject& spec, JobContext& context, Studio& studio) {
  checkClassNoun(spec.classNoun).value();
  checkToken(spec.token).value();
  return editProject(spec.project, context, studio, [&](ProjectFile& content) -> Result<void> {
    content.classNoun = spec.classNoun;
    content.token = spec.token;
    return checkSubjects(content);
  });
}

Finished runJob(const MarkPriors& spec, JobContext& context, Studio& studio) {
  const auto project = Project::open(spec.project).value();
  const auto priors = fs::weakly_canonical(project.priorsFolder());
  for (const auto& file : spec.priors) {
    const auto inside = fs::weakly_canonical(file).lexically_relative(priors);
    if (inside.empty() || *inside.begin() == "..") {
      throw ErrorException({ErrorCode::InvalidArgument,
                            file.string() + " is not a class image of this project, so it can't be marked.",
                            {},
                            file.string()});
    }
  }
  markPriors(spec.priors, spec.kept).value();
  return changed(project, context, studio, "Saved.");
}

Finished runJob(const SetOwnPriors& spec, JobContext& context, Studio& studio) {
  auto folder = spec.folder;
  if (!folder.empty()) {
    folder = fs::absolute(folder).lexically_normal();
    if (listOwnPriors(folder).value().empty()) {
      throw ErrorException({ErrorCode::NotFound,
                            folder.string() + " has no pictures. Choose a folder with class images.",
                            {},
                            folder.string()});
    }
  }
  return editProject(spec.project, context, studio, [&](ProjectFile& content) -> Result<void> {
    content.ownPriors = folder;
    return {};
  });
}

Finished runJob(const SetTrainOptions& spec, JobContext& context, Studio& studio) {
  return editProject(spec.project, context, studio,
                     [&](ProjectFile& content) { return applyTrainOptions(content.train, spec.options); });
}

Finished runJob(const SetPage& spec, JobContext&, Studio&) {
  // The window knows its page already: no ProjectChanged.
  Project::open(spec.project)
      .value()
      .edit([&](ProjectFile& content) -> Result<void> {
        content.page = spec.page;
        return {};
      })
      .value();
  return succeeded("Saved.");
}

Finished runJob(const RenderCrop& spec, JobContext& context, Studio&) {
  const auto project = Project::open(spec.project).value();
  const auto resolution = resolutionOf(project.content().model, project.content().train).value();
  const auto photo = readPhoto(spec.photo).value();
  auto image = std::make_shared<Image>(renderCrop(photo, spec.crop, resolution));
  context.events.send(CropRendered{spec.photo, spec.crop, std::move(image)});
  return succeeded({});
}

}  // namespace likeness

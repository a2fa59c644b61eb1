#include "core/engine/base_model.h"
#include "core/engine/job_list.h"
#include "core/engine/new_photos.h"
#include "core/text/prompt.h"

namespace likeness {
namespace fs = std::filesystem;

Finished runJob(const AddSubject& spec, JobContext& context, Studio& studio) {
  auto project = Project::open(spec.project).value();
  const auto& content = project.content();
  ProjectSubject subject{spec.classNoun, spec.token, spec.weight, spec.repeats, {}, {}, {}};
  checkClassNoun(subject.classNoun).value();
  checkToken(subject.token).value();
  auto wanted = content;  // what is wrong with it is said before photos are looked at
  wanted.furtherSubjects.push_back(subject);
  wanted.furtherSubjects.back().folder = "/";  // as none is called
  checkSubjects(wanted).value();
  if (!spec.ownPriors.empty()) {
    subject.ownPriors = fs::absolute(spec.ownPriors).lexically_normal();
    if (listOwnPriors(subject.ownPriors).value().empty()) {
      throw ErrorException({ErrorCode::NotFound,
                            subject.ownPriors.string() + " has no pictures. Choose a folder with class images.",
                            {},
                            subject.ownPriors.string()});
    }
  }
  const auto tokenizer = checkModel(content.model).value();
  if (const auto advice = checkIdentifierToken(tokenizer, subject.token).value(); !advice.empty())
    context.warn("token", advice);
  const auto files = findPhotoFiles(spec.photos);
  warnOfPhotos(files, resolutionOf(content.model, content.train).value(), context);
  project.addSubject(subject, files).value();
  sendProject(project, context, studio);
  const auto number = std::to_string(project.content().furtherSubjects.size() + 1);
  return succeeded("Added " + subject.token + " " + subject.classNoun + " with " + countText(files.size()) +
                   "; prompts name it [V" + number + "].");
}

Finished runJob(const RemoveSubject& spec, JobContext& context, Studio& studio) {
  auto project = Project::open(spec.project).value();
  project.removeSubject(spec.token).value();
  sendProject(project, context, studio);
  return succeeded("Removed " + spec.token + "; its photos lie in " + project.removedFolder().string() + ".");
}

}  // namespace likeness

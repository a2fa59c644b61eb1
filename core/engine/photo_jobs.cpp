// The edits of photos that look into them: the square by what stands out, and the words beside a photo.
#include <algorithm>

#include "core/data/saliency.h"
#include "core/engine/job_list.h"
#include "core/engine/new_photos.h"

namespace likeness {

Finished runJob(const CentrePhotos& spec, JobContext& context, Studio& studio) {
  auto project = Project::open(spec.project).value();
  auto photos = project.snapshot().photos;
  const auto resolution = resolutionOf(project.content().model, project.content().train).value();
  studio.photos.examine(photos, resolution, context.control).value();
  std::size_t centred = 0;
  for (const auto& photo : photos) {
    const bool wanted = spec.photos.empty() || std::ranges::find(spec.photos, photo.file) != spec.photos.end();
    if (!wanted || !photo.thumbnail) continue;
    const double smallest = double(resolution) / std::max(1, std::min(photo.width, photo.height));
    const auto square = subjectSquare(*photo.thumbnail, photo.crop, smallest);
    if (square == photo.crop) continue;
    project.setCrop(photo.file, square).value();
    ++centred;
  }
  sendProject(project, context, studio);
  return succeeded(centred == 0 ? "Nothing stands out enough to move a square to it."
                                : "Centred " + countText(centred) + " on what stands out.");
}

Finished runJob(const SetCaption& spec, JobContext& context, Studio& studio) {
  const auto project = Project::open(spec.project).value();
  project.setCaption(spec.photo, spec.caption).value();
  sendProject(project, context, studio);
  return succeeded("Saved.");
}

}  // namespace likeness

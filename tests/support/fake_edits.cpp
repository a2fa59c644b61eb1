// The quick edits of FakeBackend, and the scene that screenshots start from.
#include "core/api/options.h"
#include "tests/support/fake_backend.h"
#include "tests/support/fake_pictures.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr int kResolution = 128;
constexpr std::int64_t kSteps = 400;  // what the tests count on, whatever the default

ProjectSnapshot emptyProject(const NewProject& spec) {
  ProjectSnapshot project;
  project.folder = spec.project;
  project.name = spec.project.filename().string();
  project.classNoun = spec.classNoun;
  project.identifierToken = spec.token;
  project.model = spec.model;
  project.modelTitle = "Embedded base · 128 px";
  project.resolution = kResolution;
  project.page = "subject";
  project.train.steps = kSteps;
  return project;
}

}  // namespace

bool FakeBackend::runEdit(JobId job, const JobSpec& spec) {
  if (const auto* made = std::get_if<NewProject>(&spec)) {
    m_project = emptyProject(*made);
    for (const auto& file : expandPhotos(made->photos)) m_project.photos.push_back(describePhoto(file, kResolution));
  } else if (const auto* opened = std::get_if<OpenProject>(&spec)) {
    const auto found = m_projects.find(opened->project);
    if (found == m_projects.end() && m_project.folder != opened->project) {
      const std::string path = opened->project.string();
      send(job, Finished{Outcome::Failed,
                         Error{ErrorCode::NotFound, "There is no project in " + path + ". Choose another folder.", {}, path},
                         {},
                         {}});
      return false;
    }
    if (found != m_projects.end() && m_project.folder != opened->project) m_project = found->second;
  } else if (const auto* subject = std::get_if<SetSubject>(&spec)) {
    m_project.classNoun = subject->classNoun;
    m_project.identifierToken = subject->token;
  } else if (const auto* marks = std::get_if<MarkPriors>(&spec)) {
    for (PriorInfo& prior : m_project.priors) {
      if (std::find(marks->priors.begin(), marks->priors.end(), prior.file) != marks->priors.end()) prior.kept = marks->kept;
    }
  } else if (const auto* own = std::get_if<SetOwnPriors>(&spec)) {
    m_project.ownPriors = own->folder;
    m_project.priors.clear();
    for (const auto& file : expandPhotos({own->folder})) m_project.priors.push_back({file, 0, true});
    if (own->folder.empty()) m_project.priors.clear();
  } else if (const auto* options = std::get_if<SetTrainOptions>(&spec)) {
    for (const auto& [name, value] : options->options) {
      const Result<void> set = setTrainOption(m_project.train, name, value);
      if (!set.ok()) {
        send(job, Finished{Outcome::Failed, set.error(), {}, {}});
        return false;
      }
    }
  } else if (const auto* page = std::get_if<SetPage>(&spec)) {
    m_project.page = page->page;
    return true;  // nothing that the window shows
  } else if (const auto* load = std::get_if<LoadRun>(&spec)) {
    loadRun(job, *load);
    return true;
  } else if (const auto* render = std::get_if<RenderCrop>(&spec)) {
    for (const PhotoInfo& photo : m_project.photos) {
      if (photo.file != render->photo) continue;
      const QImage square = cropped(toQImage(photo.thumbnail), render->crop)
                                .scaled(kResolution, kResolution, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
      send(job, CropRendered{render->photo, render->crop, toImagePtr(square)});
    }
    return true;
  } else if (const auto* measure = std::get_if<MeasurePrompt>(&spec)) {
    // As good as any tokenizer here: a token a word.
    const auto words = QString::fromStdString(measure->prompt).split(' ', Qt::SkipEmptyParts).size();
    send(job, PromptMeasured{measure->prompt, int(words), 1 + int(words) / 76, 75, {}});
    return true;
  } else if (std::holds_alternative<MarkPictures>(spec) || std::holds_alternative<RemovePictures>(spec)) {
    const auto files = editPictures(spec);
    sendProject(job);
    send(job, Finished{Outcome::Succeeded, {}, {}, files});
    return false;
  } else {
    editPhotos(spec);
  }
  m_projects[m_project.folder] = m_project;
  sendProject(job);
  return true;
}

void FakeBackend::editPhotos(const JobSpec& spec) {
  auto& photos = m_project.photos;
  if (const auto* added = std::get_if<AddPhotos>(&spec)) {
    for (const auto& file : expandPhotos(added->photos)) {
      const auto removed = std::find_if(m_removed.begin(), m_removed.end(), [&](const PhotoInfo& photo) {
        return m_project.folder / "removed" / photo.file.filename() == file;
      });
      if (removed != m_removed.end()) {
        photos.push_back(*removed);
        m_removed.erase(removed);
      } else {
        photos.push_back(describePhoto(file, kResolution));
      }
    }
  } else if (const auto* gone = std::get_if<RemovePhotos>(&spec)) {
    for (const auto& file : gone->photos) {
      const auto found =
          std::find_if(photos.begin(), photos.end(), [&](const PhotoInfo& photo) { return photo.file == file; });
      if (found == photos.end()) continue;
      m_removed.push_back(*found);
      photos.erase(found);
    }
  } else if (const auto* crop = std::get_if<SetCrop>(&spec)) {
    for (PhotoInfo& photo : photos) {
      if (photo.file == crop->photo) photo.crop = crop->crop;
    }
  } else if (const auto* centre = std::get_if<CentrePhotos>(&spec)) {
    for (PhotoInfo& photo : photos) {
      const bool wanted = centre->photos.empty() || std::find(centre->photos.begin(), centre->photos.end(), photo.file) != centre->photos.end();
      if (wanted && photo.thumbnail) photo.crop = {0.5, 0.55, 0.7, photo.crop.quarterTurns};
    }
  } else if (const auto* words = std::get_if<SetCaption>(&spec)) {
    for (PhotoInfo& photo : photos) {
      if (photo.file == words->photo) photo.caption = words->caption;
    }
  }
}

std::vector<std::filesystem::path> FakeBackend::editPictures(const JobSpec& spec) {
  std::vector<std::filesystem::path> files;
  auto& pictures = m_project.pictures;
  if (const auto* marks = std::get_if<MarkPictures>(&spec)) {
    for (PictureInfo& picture : pictures) {
      if (std::find(marks->pictures.begin(), marks->pictures.end(), picture.file) != marks->pictures.end()) {
        picture.favourite = marks->favourite;
      }
    }
    return files;
  }
  const auto& moved = std::get<RemovePictures>(spec);
  auto& from = moved.restore ? m_removedPictures : pictures;
  auto& to = moved.restore ? pictures : m_removedPictures;
  for (const auto& file : moved.pictures) {
    const auto found =
        std::find_if(from.begin(), from.end(), [&](const PictureInfo& picture) { return picture.file == file; });
    if (found == from.end()) continue;
    to.push_back(*found);
    from.erase(found);
    files.push_back(file);
  }
  return files;
}

void FakeBackend::makeScene(const std::vector<std::filesystem::path>& photos, int priors, bool trained, int pictures) {
  NewProject spec;
  spec.project = toPath(m_folder.filePath(QStringLiteral("Biscuit")));
  spec.classNoun = "dog";
  m_project = emptyProject(spec);
  for (const auto& file : expandPhotos(photos)) m_project.photos.push_back(describePhoto(file, kResolution));
  for (int k = 0; k < priors; ++k) {
    const auto file = writePicture(QStringLiteral("prior-%1.png").arg(k), priorImage(k));
    m_project.priors.push_back({file, static_cast<std::uint64_t>(k), true});
  }
  if (trained) {
    RunInfo run;
    run.id = "run-1";
    run.folder = m_project.folder / "runs" / run.id;
    run.state = RunState::Finished;
    run.step = run.steps = m_project.train.steps;
    for (std::int64_t step = 100; step <= run.steps; step += 100) {
      run.checkpoints.push_back({step, run.folder / "checkpoints" / ("step-" + std::to_string(step)),
                                 metricAt(step, m_project.train).validationLoss, step == 300});
    }
    m_project.runs.push_back(run);
  }
  for (int k = 0; k < pictures; ++k) {
    const auto file = writePicture(QStringLiteral("picture-%1.png").arg(k), pictureImage(k, 1.0));
    m_project.pictures.push_back({file, R"({"prompt":"a photo of a [V] dog in the snow","seed":)" + std::to_string(1804 + k) + "}"});
  }
  m_projects[m_project.folder] = m_project;
}

}  // namespace likeness

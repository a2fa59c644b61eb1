#include "ui/subject/photo_commands.h"

namespace likeness {
namespace {

PhotoFiles inRemoved(const std::filesystem::path& project, const PhotoFiles& files) {
  PhotoFiles removed;
  for (const auto& file : files) removed.push_back(project / "removed" / file.filename());
  return removed;
}

}  // namespace

AddPhotosCommand::AddPhotosCommand(Session* session, PhotoFiles sources, std::shared_ptr<PhotoFiles> files,
                                   std::function<void(JobId, std::shared_ptr<PhotoFiles>)> submitted)
    : m_session(session),
      m_project(session->project().folder),
      m_sources(std::move(sources)),
      m_files(std::move(files)),
      m_submitted(std::move(submitted)) {
  setText(tr("Add photos"));
}

void AddPhotosCommand::redo() {
  if (!m_files->empty()) {
    m_session->submit(AddPhotos{m_project, inRemoved(m_project, *m_files)});
    return;
  }
  m_submitted(m_session->submit(AddPhotos{m_project, m_sources}), m_files);
}

void AddPhotosCommand::undo() {
  if (!m_files->empty()) m_session->submit(RemovePhotos{m_project, *m_files});
}

RemovePhotosCommand::RemovePhotosCommand(Session* session, PhotoFiles files)
    : m_session(session), m_project(session->project().folder), m_files(std::move(files)) {
  setText(tr("Remove %n photo(s)", nullptr, static_cast<int>(m_files.size())));
}

void RemovePhotosCommand::redo() { m_session->submit(RemovePhotos{m_project, m_files}); }

void RemovePhotosCommand::undo() { m_session->submit(AddPhotos{m_project, inRemoved(m_project, m_files)}); }

CropCommand::CropCommand(Session* session, std::filesystem::path photo, const CropRect& before, const CropRect& after)
    : m_session(session),
      m_project(session->project().folder),
      m_photo(std::move(photo)),
      m_before(before),
      m_after(after) {
  setText(tr("Change the square"));
}

void CropCommand::set(const CropRect& crop) { m_session->submit(SetCrop{m_project, m_photo, crop}); }

CentreCommand::CentreCommand(Session* session, PhotoFiles photos, std::shared_ptr<Crops> after,
                             std::function<void(JobId, std::shared_ptr<Crops>)> submitted)
    : m_session(session),
      m_project(session->project().folder),
      m_photos(std::move(photos)),
      m_after(std::move(after)),
      m_submitted(std::move(submitted)) {
  for (const PhotoInfo& photo : session->project().photos) m_before[photo.file] = photo.crop;
  setText(tr("Centre on the subject"));
}

void CentreCommand::redo() {
  if (m_after->empty()) {
    m_submitted(m_session->submit(CentrePhotos{m_project, m_photos}), m_after);
  } else {
    set(*m_after);
  }
}

// Only those that it moved: a photo that has gone meanwhile has no square to set.
void CentreCommand::set(const Crops& crops) {
  for (const auto& [file, square] : *m_after) {
    const auto crop = crops.find(file);
    if (crop != crops.end()) m_session->submit(SetCrop{m_project, file, crop->second});
  }
}

CaptionCommand::CaptionCommand(Session* session, std::filesystem::path photo, std::string before, std::string after)
    : m_session(session),
      m_project(session->project().folder),
      m_photo(std::move(photo)),
      m_before(std::move(before)),
      m_after(std::move(after)) {
  setText(tr("Change the caption"));
}

SubjectCommand::SubjectCommand(Session* session, SubjectWords before, SubjectWords after)
    : m_session(session),
      m_project(session->project().folder),
      m_before(std::move(before)),
      m_after(std::move(after)) {
  setText(tr("Change the words"));
}

}  // namespace likeness

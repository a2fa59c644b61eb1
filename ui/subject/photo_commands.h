#pragma once
#include <QCoreApplication>
#include <QUndoCommand>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "core/api/photo.h"
#include "ui/session.h"

namespace likeness {

using PhotoFiles = std::vector<std::filesystem::path>;

/// Photos were put into the project. `files` is filled when the backend says under which names; until then there is
/// nothing to undo.
class AddPhotosCommand : public QUndoCommand {
  Q_DECLARE_TR_FUNCTIONS(likeness::AddPhotosCommand)
 public:
  AddPhotosCommand(Session* session, PhotoFiles sources, std::shared_ptr<PhotoFiles> files,
                   std::function<void(JobId, std::shared_ptr<PhotoFiles>)> submitted);
  void redo() override;
  void undo() override;

 private:
  Session* m_session;
  std::filesystem::path m_project;
  PhotoFiles m_sources;
  std::shared_ptr<PhotoFiles> m_files;
  std::function<void(JobId, std::shared_ptr<PhotoFiles>)> m_submitted;
};

/// Photos were taken out; they wait in the project's `removed` folder.
class RemovePhotosCommand : public QUndoCommand {
  Q_DECLARE_TR_FUNCTIONS(likeness::RemovePhotosCommand)
 public:
  RemovePhotosCommand(Session* session, PhotoFiles files);
  void redo() override;
  void undo() override;

 private:
  Session* m_session;
  std::filesystem::path m_project;
  PhotoFiles m_files;
};

/// A photo's square was changed.
class CropCommand : public QUndoCommand {
  Q_DECLARE_TR_FUNCTIONS(likeness::CropCommand)
 public:
  CropCommand(Session* session, std::filesystem::path photo, const CropRect& before, const CropRect& after);
  void redo() override { set(m_after); }
  void undo() override { set(m_before); }

 private:
  void set(const CropRect& crop);

  Session* m_session;
  std::filesystem::path m_project;
  std::filesystem::path m_photo;
  CropRect m_before;
  CropRect m_after;
};

}  // namespace likeness

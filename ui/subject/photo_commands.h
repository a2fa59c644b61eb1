#pragma once
#include <QCoreApplication>
#include <QUndoCommand>
#include <filesystem>
#include <functional>
#include <map>
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

/// Squares were moved to where the subjects seem to be. `after` is filled when the backend has found them.
class CentreCommand : public QUndoCommand {
  Q_DECLARE_TR_FUNCTIONS(likeness::CentreCommand)
 public:
  using Crops = std::map<std::filesystem::path, CropRect>;

  /// `photos` empty: all.
  CentreCommand(Session* session, PhotoFiles photos, std::shared_ptr<Crops> after,
                std::function<void(JobId, std::shared_ptr<Crops>)> submitted);
  void redo() override;
  void undo() override { set(m_before); }

 private:
  void set(const Crops& crops);

  Session* m_session;
  std::filesystem::path m_project;
  PhotoFiles m_photos;
  Crops m_before;
  std::shared_ptr<Crops> m_after;
  std::function<void(JobId, std::shared_ptr<Crops>)> m_submitted;
};

/// A photo's words were changed.
class CaptionCommand : public QUndoCommand {
  Q_DECLARE_TR_FUNCTIONS(likeness::CaptionCommand)
 public:
  CaptionCommand(Session* session, std::filesystem::path photo, std::string before, std::string after);
  void redo() override { set(m_after); }
  void undo() override { set(m_before); }

 private:
  void set(const std::string& caption) { m_session->submit(SetCaption{m_project, m_photo, caption}); }

  Session* m_session;
  std::filesystem::path m_project;
  std::filesystem::path m_photo;
  std::string m_before;
  std::string m_after;
};

/// The words that name the subject.
struct SubjectWords {
  std::string classNoun;
  std::string token;

  bool operator==(const SubjectWords&) const = default;
};

/// The words that name the subject were changed.
class SubjectCommand : public QUndoCommand {
  Q_DECLARE_TR_FUNCTIONS(likeness::SubjectCommand)
 public:
  SubjectCommand(Session* session, SubjectWords before, SubjectWords after);
  void redo() override { set(m_after); }
  void undo() override { set(m_before); }

 private:
  void set(const SubjectWords& words) { m_session->submit(SetSubject{m_project, words.classNoun, words.token}); }

  Session* m_session;
  std::filesystem::path m_project;
  SubjectWords m_before;
  SubjectWords m_after;
};

}  // namespace likeness

#pragma once
#include <QDialog>
#include <vector>

#include "ui/helper/helper_client.h"
#include "ui/helper/helper_tasks.h"
#include "ui/session.h"
#include "ui/widgets/labels.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace likeness {

/// Asks the user's own vision-language server about a photo or a made picture: describe it, name it, think of prompts,
/// look whether it is safe to show, or any question. Says before and while what leaves the program and where it goes.
/// Not modal.
class HelperPanel : public QDialog {
  Q_OBJECT
 public:
  explicit HelperPanel(Session* session, QWidget* parent = nullptr);

  /// Chooses the picture that is asked about; nothing is sent by that.
  void choosePicture(const std::filesystem::path& file);
  void ask(HelperTask task);
  [[nodiscard]] HelperClient* client() { return &m_client; }

 Q_SIGNALS:
  void captionChosen(const std::filesystem::path& photo, const QString& caption);
  void nounChosen(const QString& noun);
  void settingsRequested();

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  struct Picture {
    std::filesystem::path file;
    QString name;  ///< "Photo 2"
    bool photo = false;
  };

  [[nodiscard]] QWidget* makeQuestions();
  [[nodiscard]] QWidget* makeAnswer();
  void connectParts();
  void fillPictures();
  [[nodiscard]] QImage imageOf(const Picture& picture) const;
  [[nodiscard]] const Picture* chosen() const;
  void showChosen();
  void askNext();
  void askAbout(const Picture& picture);
  void answered(const QString& text);
  void answeredOne(const QString& text);
  void answeredOneOfMany(const QString& text);
  void failed(const QString& sentence);
  void stop();
  void askAll(HelperTask task);
  void updateState();
  [[nodiscard]] QString travelText(const Picture& picture, const QImage& image, bool underWay) const;
  void say(const QString& text, Tone tone);

  Session* m_session;
  HelperClient m_client;
  HelperSettings m_settings;
  std::vector<Picture> m_pictures;
  std::vector<Picture> m_waiting;  ///< of a question about several, the next one last
  QStringList m_results;  ///< of a question about several
  int m_asked = 0, m_toAsk = 0, m_warned = 0;
  HelperTask m_task = HelperTask::Own;
  QString m_caption;
  QString m_noun;
  Picture m_current;  ///< what is, or was last, asked about

  QLabel* m_thumbnail;
  QComboBox* m_choice;
  QLabel* m_travel;
  QLineEdit* m_question;
  QPushButton* m_ask;
  QPlainTextEdit* m_answer;
  QLabel* m_state;
  QPushButton* m_stop;
  QPushButton* m_use;
  QPushButton* m_copy;
  std::vector<QPushButton*> m_tasks;
};

}  // namespace likeness

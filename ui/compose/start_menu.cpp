#include "ui/compose/start_menu.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QIcon>
#include <QMenu>

#include "ui/widgets/file_choice.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

struct StartMenu {
  Q_DECLARE_TR_FUNCTIONS(likeness::StartMenu)
};

QIcon iconOf(const QImage& image) {
  return image.isNull() ? QIcon()
                        : QIcon(QPixmap::fromImage(
                              image.scaled(48, 48, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation)));
}

}  // namespace

void fillStartMenu(QMenu* menu, const ProjectSnapshot& project, const QString& onStage,
                   const std::function<void(const QString&)>& chosen) {
  menu->clear();
  const auto add = [&](QMenu* to, const QString& text, const QString& file) {
    return to->addAction(text, to, [chosen, file] { chosen(file); });
  };
  auto* shown = add(menu, StartMenu::tr("The picture that is shown"), onStage);
  shown->setObjectName(QStringLiteral("startFromShown"));
  shown->setEnabled(!onStage.isEmpty());
  auto* photos = menu->addMenu(StartMenu::tr("A photo of the subject"));
  photos->setEnabled(!project.photos.empty());
  for (const auto& photo : project.photos) {
    if (photo.finding.code == "unreadable") continue;
    const auto file = toQString(photo.file);
    add(photos, QFileInfo(file).fileName(), file)->setIcon(iconOf(toQImage(photo.thumbnail)));
  }
  menu->addSeparator();
  auto* window = menu->parentWidget();
  menu->addAction(StartMenu::tr("A file …"), menu, [window, chosen] {
    choosePhotos(window, StartMenu::tr("Start from a picture"),
                 [chosen](const QStringList& files) { chosen(files.front()); });
  });
}

}  // namespace likeness

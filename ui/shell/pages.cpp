#include "ui/shell/pages.h"

#include "ui/compose/compose_page.h"
#include "ui/exporting/export_page.h"
#include "ui/priors/priors_page.h"
#include "ui/subject/subject_page.h"
#include "ui/training/training_page.h"

namespace likeness {

std::vector<Page*> makePages(Session* session) {
  return {new SubjectPage(session), new PriorsPage(session), new TrainingPage(session), new ComposePage(session),
          new ExportPage(session)};
}

}  // namespace likeness

/**
 * The rules of <i>Pakkeforløp hjem</i> for cancer patients.
 *
 * <p>Give a {@link org.libpfh.Pathway} what has happened to a patient, a {@link org.libpfh.Policy} local practice, and a
 * day: a {@link org.libpfh.Plan} says where the pathway stands and what is to be done, by whom and by when.
 *
 * <pre>{@code
 * try (Pathway pathway = Pathway.parse(document);
 *         Plan plan = pathway.plan(LocalDate.of(2026, 4, 20))) {
 *     for (Task task : plan.tasks())
 *         System.out.println(task.due() + " " + task.kind().text(Language.NB));
 * }
 * }</pre>
 *
 * <p>What is absent is null. What fails throws {@link org.libpfh.PfhException}. Objects that are closed throw
 * {@link IllegalStateException}; those that are forgotten are freed with the garbage. Everything may be read from many
 * threads at once; an object that is changed while another thread uses it throws {@link IllegalStateException}.
 */
package org.libpfh;

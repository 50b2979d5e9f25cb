# natives.cmake -- makes FOLDER ready for a jar: one file a library, under the name by which it is looked for, and
# files.txt, which names them, since a folder in a jar cannot be listed.
file(GLOB files LIST_DIRECTORIES false RELATIVE ${FOLDER} ${FOLDER}/*)
foreach(file IN LISTS files)
    if(IS_SYMLINK ${FOLDER}/${file})
        file(REAL_PATH ${FOLDER}/${file} target)
        file(RENAME ${target} ${FOLDER}/${file}) # a jar has no links
        get_filename_component(target ${target} NAME)
        list(REMOVE_ITEM files ${target})
    endif()
endforeach()
list(SORT files)
list(JOIN files "\n" files)
file(WRITE ${FOLDER}/files.txt "${files}\n")
